-- people: units and posts stand from their first moment until before their last; persons have the number that the
-- personnel system knows them by, and a vendor's people are told apart (5-8a).
alter table unit add column since timestamptz(3), add column until timestamptz(3);
update unit set since = created_at;
alter table unit alter column since set not null;
alter table unit add constraint ck_unit_period check (until is null or until > since);
alter table person add column staff_number text, add column vendor uuid;
create unique index person_staff_number on person (lower(staff_number));

drop view people_v_actor;
create view people_v_actor as select id as person, name, title, email, staff_number, vendor from person;
create or replace view people_v_unit as select id, code, name, kind, parent, since, until from unit;
