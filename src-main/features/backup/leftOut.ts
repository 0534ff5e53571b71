const atWork = "kind IN ('backup', 'restore', 'move') AND state NOT IN ('completed', 'failed', 'cancelled')";

/**
 * What a copy of the database leaves out: who is signed in, which a restore must not bring back after they were signed out, and the work on backups
 * itself, which would begin anew at the restored place, or be told there as broken off, the very one that was restored.
 */
export const leftOut = ['DELETE FROM session', `DELETE FROM job_item WHERE job_id IN (SELECT id FROM job WHERE ${atWork})`, `DELETE FROM job WHERE ${atWork}`];
