-- access: since when an account is in use, so that one enabled again is not idle at once.
alter table account add column in_use_since timestamptz(3);
update account set in_use_since = created_at;
alter table account alter column in_use_since set not null;
