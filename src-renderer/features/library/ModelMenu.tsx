import { useTranslation } from 'react-i18next';
import type { Model } from '#contract/library.ts';
import { useMay } from '../../rpc/useMe.ts';
import { MoreMenu } from '../../ui/MoreMenu.tsx';
import { isInUse, isRepairable, type ModelState } from './modelState.ts';
import { ask } from './tableStore.ts';
import { useModelActs } from './useModelActs.ts';

/** Everything that the reader may do with one model. */
export function ModelMenu({ model, state }: { model: Model; state: ModelState }) {
	const { t } = useTranslation('library');
	const { verify, repair, refresh, copyPath } = useModelActs();
	const mayChange = useMay('admin');
	const isThere = model.fileState !== 'missing';
	return (
		<MoreMenu
			label={t('menu.label', { name: model.name })}
			entries={[
				{ label: t('menu.details'), onChoose: () => ask('details', [model]) },
				mayChange && { label: t('menu.edit'), onChoose: () => ask('edit', [model]) },
				mayChange && 'line',
				mayChange && isThere && { label: t('menu.verify'), onChoose: () => verify([model]) },
				mayChange && isRepairable(model) && !isInUse(state) && { label: t('menu.repair'), onChoose: () => repair(model) },
				mayChange && model.fileState === 'changed' && { label: t('menu.refresh'), onChoose: () => refresh(model) },
				mayChange && !isThere && { label: t('menu.find'), onChoose: () => ask('relocate', [model]) },
				mayChange && isThere && { label: t('menu.export'), onChoose: () => ask('export', [model]) },
				{ label: t('menu.copyPath'), onChoose: () => copyPath(model) },
				mayChange && 'line',
				mayChange && {
					label: isInUse(state) ? t('menu.removeInUse') : t('menu.remove'),
					onChoose: () => ask('remove', [model]),
					isDisabled: isInUse(state),
				},
			]}
		/>
	);
}
