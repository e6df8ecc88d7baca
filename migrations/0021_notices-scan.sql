-- 書面通知之掃描檔: kept once, by whom, and used for one notice only (6-1a, 6-1c).
create table notice_scan (
  id uuid primary key,
  kind text not null check (kind in ('pdf', 'jpeg', 'png', 'tiff')),
  sha256 text not null,
  bytes integer not null,
  kept_by uuid not null references person (id),
  kept_at timestamptz(3) not null
);
create index notice_scan_content on notice_scan (sha256);
create trigger notice_scan_append_only before update or delete or truncate on notice_scan
  for each statement execute function refuse_change();

alter table notice add constraint notice_paper_scan_is_kept foreign key (paper_scan) references notice_scan (id) not valid;
create unique index notice_paper_scan_once on notice (paper_scan) where paper_scan is not null;

create or replace view notices_v_notice as
select id, duty, about_type, about_id, item_number, channel, state, state in ('accepted', 'given') as stands,
  happened_at, recorded_at, settled_at, sender
from notice;

-- Read view: the scans that prove notices, as they were when they were kept, for whoever checks kept files.
create view notices_v_scan as
select s.id as file, s.sha256, s.bytes, n.about_type, n.about_id
from notice_scan s join notice n on n.paper_scan = s.id;
