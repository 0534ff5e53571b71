import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Backup } from './backup.ts';

export function backupHandlers(backup: Backup) {
	const on = handlersFor(contract.backup);
	return on.router({
		state: on.state.handler(() => backup.state()),
		start: on.start.handler(({ context, input }) => backup.write(context.principal.accountId, input)),
		look: on.look.handler(({ input }) => backup.look(input.path, input.password)),
		restore: on.restore.handler(({ context, input }) => backup.restore(context.principal.accountId, input.path, input.password)),
		forget: on.forget.handler(() => backup.forget()),
		goBack: on.goBack.handler(() => backup.goBack()),
		dropReplaced: on.dropReplaced.handler(() => backup.dropReplaced()),
		moveTo: on.moveTo.handler(({ context, input }) => backup.move.begin(context.principal.accountId, input.folder)),
		forgetMove: on.forgetMove.handler(() => backup.move.forget()),
		dropLeft: on.dropLeft.handler(() => backup.move.dropLeft()),
		restart: on.restart.handler(() => backup.restart()),
		setSchedule: on.setSchedule.handler(async ({ input }) => {
			await backup.setSchedule(input);
			return backup.state();
		}),
	});
}
