# What keywane may do in Vault or OpenBao to rotate one key. Repeat the four rules for each managed key, with its own path:
# here consumers read secret/team-search/jobo, and keywane keeps candidates and keys not yet revoked beside it.
#
# Nothing here deletes, destroys or changes metadata, and nothing may be added that does.

path "secret/data/team-search/jobo" {
  capabilities = ["create", "read", "update"]
}
path "secret/metadata/team-search/jobo" {
  capabilities = ["read"]
}
path "secret/data/team-search/jobo-keywane" {
  capabilities = ["create", "read", "update"]
}
path "secret/metadata/team-search/jobo-keywane" {
  capabilities = ["read"]
}

# Only where new keys are taken from a secret of their own (intake.candidate). It is read, and never changed.
path "secret/data/team-search/jobo-next" {
  capabilities = ["read"]
}

# A token with the policy "default" has the following anyway.
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
path "auth/token/renew-self" {
  capabilities = ["update"]
}
path "sys/capabilities-self" {
  capabilities = ["update"]
}
