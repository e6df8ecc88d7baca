-- people: what persons and units were called before, for the roster as of a past date (2-1); units in the order in
-- which they were entered; a deputy may stand in for some of the represented person's roles only.
alter table unit add column place integer generated always as identity;

create table unit_version (
  unit uuid not null references unit (id),
  version integer not null,
  code text not null,
  name text not null,
  parent uuid references unit (id),
  since timestamptz(3) not null,
  primary key (unit, version)
);
insert into unit_version select id, version, code, name, parent, created_at from unit;
create trigger unit_version_stays before update or delete or truncate on unit_version
  for each statement execute function refuse_change();

create table person_version (
  person uuid not null references person (id),
  version integer not null,
  name text not null,
  title text not null,
  email text not null,
  staff_number text,
  since timestamptz(3) not null,
  primary key (person, version)
);
insert into person_version select id, 1, name, title, email, staff_number, created_at from person;
create trigger person_version_stays before update or delete or truncate on person_version
  for each statement execute function refuse_change();

alter table deputy add column roles text[];
create or replace view people_v_deputy as select unit, person, deputy, since, until, roles from deputy;
