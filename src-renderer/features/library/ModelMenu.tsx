import MoreIcon from '@mui/icons-material/MoreVert';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model } from '#contract/library.ts';
import { useMay } from '../../rpc/useMe.ts';
import { isInUse, isRepairable, type ModelState } from './modelState.ts';
import { ask } from './tableStore.ts';
import { useModelActs } from './useModelActs.ts';

/** Everything that the reader may do with one model. */
export function ModelMenu({ model, state }: { model: Model; state: ModelState }) {
	const { t } = useTranslation('library');
	const { verify, repair, refresh, copyPath } = useModelActs();
	const [anchor, setAnchor] = useState<HTMLElement | null>(null);
	const mayChange = useMay('admin');
	const isThere = model.fileState !== 'missing';
	const item = (label: string, act: () => void, isOffered = true) =>
		isOffered && (
			<MenuItem
				onClick={() => {
					setAnchor(null);
					act();
				}}
			>
				{label}
			</MenuItem>
		);
	return (
		<>
			<IconButton aria-label={t('menu.label', { name: model.name })} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}>
				<MoreIcon fontSize="small" />
			</IconButton>
			<Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
				{item(t('menu.details'), () => ask('details', [model]))}
				{item(t('menu.edit'), () => ask('edit', [model]), mayChange)}
				{mayChange && <Divider />}
				{item(t('menu.verify'), () => verify([model]), mayChange && isThere)}
				{item(t('menu.repair'), () => repair(model), mayChange && isRepairable(model) && !isInUse(state))}
				{item(t('menu.refresh'), () => refresh(model), mayChange && model.fileState === 'changed')}
				{item(t('menu.find'), () => ask('relocate', [model]), mayChange && !isThere)}
				{item(t('menu.export'), () => ask('export', [model]), mayChange && isThere)}
				{item(t('menu.copyPath'), () => copyPath(model))}
				{mayChange && <Divider />}
				{mayChange && (
					<MenuItem
						disabled={isInUse(state)}
						onClick={() => {
							setAnchor(null);
							ask('remove', [model]);
						}}
					>
						{isInUse(state) ? t('menu.removeInUse') : t('menu.remove')}
					</MenuItem>
				)}
			</Menu>
		</>
	);
}
