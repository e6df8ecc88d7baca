-- ledger: data keys are wrapped anew or destroyed by the owner alone; what serves the network cannot.
revoke execute on function ledger_rewrap_seal_key, ledger_destroy_seal_key from hushou_app;

-- Times run with the index but for a set clock, so that a range of pages finds them as well as a tree, for a fraction of an append.
drop index ledger_entry_time;
create index ledger_entry_time on ledger_entry using brin (time);
