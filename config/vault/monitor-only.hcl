# What keywane may do in Vault or OpenBao to watch one key and never change it. Repeat the four rules for each managed key.

path "secret/data/team-search/jobo" {
  capabilities = ["read"]
}
path "secret/metadata/team-search/jobo" {
  capabilities = ["read"]
}
path "secret/data/team-search/jobo-keywane" {
  capabilities = ["read"]
}
path "secret/metadata/team-search/jobo-keywane" {
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
