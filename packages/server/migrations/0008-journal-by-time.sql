-- What happened at a moment: the stays of a gang are told by the entries at their edges. Entries come in order of time, so that the
-- index grows at its end.
create index journal_by_time on journal (at);
