-- 機關單位、人員、職務 (2-1: the Department and its health service centers)
create table unit (
  id uuid primary key,
  code text not null unique,
  name text not null,
  kind text not null check (kind in ('agency', 'business', 'it-office', 'ethics-office', 'health-center')),
  parent uuid references unit (id),
  version integer not null,
  created_at timestamptz(3) not null,
  constraint ck_2_1_only_the_agency_has_no_parent check ((kind = 'agency') = (parent is null))
);
create unique index unit_one_agency on unit ((kind)) where kind = 'agency';
create index unit_parent on unit (parent);

create table person (
  id uuid primary key,
  name text not null,
  title text not null,
  email text not null,
  version integer not null,
  created_at timestamptz(3) not null
);
create unique index person_email on person (lower(email));

create table post (
  person uuid not null references person (id),
  unit uuid not null references unit (id),
  role text not null,
  since timestamptz(3) not null,
  until timestamptz(3),
  primary key (person, unit, role, since)
);
create index post_unit on post (unit);

-- Read view: who a person is and which posts they hold now.
create view people_v_actor as
select p.id as person, p.name, p.title, p.email,
  coalesce(
    jsonb_agg(jsonb_build_object('role', post.role, 'unit', post.unit)) filter (where post.role is not null),
    '[]'
  ) as posts
from person p left join post on post.person = p.id and post.until is null
group by p.id;

-- Read view: units as other modules may name them.
create view people_v_unit as select id, code, name, kind, parent from unit;

-- 職務代理人: who stands in for whom in a unit, and when.
create table deputy (
  id uuid primary key,
  unit uuid not null references unit (id),
  person uuid not null references person (id),
  deputy uuid not null references person (id),
  since timestamptz(3) not null,
  until timestamptz(3),
  version integer not null,
  constraint ck_deputy_is_another check (person <> deputy)
);
create index deputy_person on deputy (person);
create index deputy_deputy on deputy (deputy);
create view people_v_deputy as select unit, person, deputy, since, until from deputy;
create view people_v_post as select person, unit, role, since, until from post;

-- Read view: each unit with itself and every unit above it; a head answers for what lies below.
create view people_v_unit_above as
with recursive above as (
  select id as unit, id as above, 0 as height from unit
  union all
  select a.unit, u.parent, a.height + 1 from above a join unit u on u.id = a.above where u.parent is not null
)
select unit, above, height from above;
