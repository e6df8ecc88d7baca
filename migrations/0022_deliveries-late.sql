create index register_entry_correcting on register_entry (delivery)
  where voided_at is null and later -> 'correction' <> 'null'::jsonb;

-- Read view: every fact about a delivery that was typed by hand, when it happened, when it was entered (登錄時間),
-- and how many days lie between, in Taipei.
create view deliveries_v_dated as
with dated (delivery, what, happened_at, recorded_at, recorded_by) as (
  select id, part.what, (detail -> part.key ->> 'happenedAt')::timestamptz(3),
    (detail -> part.key ->> 'recordedAt')::timestamptz(3), (detail -> part.key ->> 'recordedBy')::uuid
  from delivery, (values
    ('announcement', '提供機關通知時間'),
    ('comparison', '比對狀況'),
    ('dispute', '向提供機關提出疑義'),
    ('lapsed', '撤回或逾期未取')
  ) as part (key, what)
  where detail ? part.key
  union all
  select about_id::uuid, case duty when '6-1a' then '書面通知資訊室下載' else '書面通知承辦人存取' end,
    happened_at, recorded_at, sender
  from notices_v_notice where about_type = 'delivery' and channel = 'paper'
  union all
  select e.delivery, case s.place when 'it' then '資訊室承辦人核章' else '權責人員核章' end,
    (s.noted_on::timestamp at time zone 'Asia/Taipei')::timestamptz(3), s.stamped_at, s.person
  from register_stamp s join register_entry e on e.id = s.entry
  where s.voided_at is null and s.place in ('it', 'responsible')
)
select delivery, what, happened_at, recorded_at, recorded_by,
  (recorded_at at time zone 'Asia/Taipei')::date - (happened_at at time zone 'Asia/Taipei')::date as days_late
from dated;
