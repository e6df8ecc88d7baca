-- access: a session is sealed to its account by a key outside the database, so that a row written there opens nothing.
delete from session;
alter table session add column seal bytea not null check (length(seal) = 32);
