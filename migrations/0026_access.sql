-- access: sessions and one-time links are sealed to their account by a key outside the database, so that a row written
-- there opens nothing.
delete from session;
alter table session add column seal bytea not null check (length(seal) = 32);
delete from one_time_link;
alter table one_time_link add column seal bytea not null check (length(seal) = 32);
