-- Read view: items of the inbox, whether they were acknowledged, and by whom.
create view notices_v_item as select kind, about_type, about_id, created_at, done_at, done_by from inbox_item;
