/**
 * What a copy of the database leaves out: who is signed in, which a restore must not bring back after they were signed out, and the work on backups
 * itself, which would begin anew at the restored place.
 */
export const leftOut = [
	'DELETE FROM session',
	"UPDATE job SET state = 'cancelled', ended_at = created_at WHERE kind IN ('backup', 'restore', 'move') AND state NOT IN ('completed', 'failed', 'cancelled')",
];
