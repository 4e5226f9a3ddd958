-- When consumers could first read what took a version's place; it outlives the rotation that replaced it.
ALTER TABLE key_version ADD COLUMN replaced_boot TEXT;
ALTER TABLE key_version ADD COLUMN replaced_since_boot BIGINT;
ALTER TABLE key_version ADD COLUMN replaced_wall BIGINT;

-- The version for which a gate is waived; null: those of the rotation.
ALTER TABLE waiver ADD COLUMN version TEXT;
