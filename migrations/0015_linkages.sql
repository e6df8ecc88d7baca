-- 連結作業 (4-2). Until applications are made here, a linkage is taken on from paper: 轉錄.
create table linkage (
  id uuid primary key,
  provider uuid not null references provider (id),
  unit uuid not null references unit (id),
  purpose text not null,
  mode text not null check (mode in ('online', 'file', 'media')),
  approval_number text not null,
  approved_on date not null,
  test_number text not null,
  tested_on date not null,
  transcribed boolean not null,
  state text not null check (state in ('active', 'suspended', 'ended')),
  version integer not null,
  created_at timestamptz(3) not null,
  constraint ck_4_2_approved_and_tested check (approval_number <> '' and test_number <> '')
);
create index linkage_unit on linkage (unit);
create view linkages_v_linkage as
select l.id, l.provider, l.unit, l.purpose, l.mode, l.approval_number, l.test_number, l.state, l.transcribed from linkage l;
