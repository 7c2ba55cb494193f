-- A pause stops everything, a connection or a mapping: all, connection:NAME, mapping:ID.
ALTER TABLE pause RENAME COLUMN mapping TO scope;
UPDATE pause SET scope = 'mapping:' || scope;
