-- Read view: the scans that prove paper notices, for whoever checks kept files.
create view notices_v_scan as
select paper_scan as file, about_type, about_id from notice where paper_scan is not null;
