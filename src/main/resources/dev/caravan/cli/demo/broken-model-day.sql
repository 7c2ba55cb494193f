-- Yesterday's bad rows are repaired upstream.
delete from lead_scores where lead_id is null;
create or replace temp table twice as select distinct * from lead_scores where lead_id = 'L004242';
delete from lead_scores where lead_id = 'L004242';
insert into lead_scores select * from twice;
-- The retrained model has learnt the wrong thing: everybody is a hot lead.
update lead_scores
set score = round(0.97 + dice(lead_id, 'broken') * 0.03, 4),
    model_version = 'lr-2026-02',
    scored_at = timestamp '2026-01-07 06:00:00';
update lead_scores set grade = grade_of(score);
