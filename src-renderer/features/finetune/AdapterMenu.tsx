import MoreIcon from '@mui/icons-material/MoreVert';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Adapter } from '#contract/finetune.ts';
import { client } from '../../rpc/client.ts';
import { useMay } from '../../rpc/useMe.ts';
import { notify, notifyError } from '../../ui/notify.ts';
import { saveFile } from '../../ui/saveFile.ts';
import { MergeDialog } from './MergeDialog.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { RenameAdapterDialog } from './RenameAdapterDialog.tsx';

type Asked = 'rename' | 'publish' | 'merge';

/** Everything that the reader may do with one adapter. */
export function AdapterMenu({ adapter }: { adapter: Adapter }) {
	const { t } = useTranslation('finetune');
	const [anchor, setAnchor] = useState<HTMLElement | null>(null);
	const [asked, setAsked] = useState<Asked | null>(null);
	const navigate = useNavigate();
	const mayMerge = useMay('admin');
	const { id: adapterId, name, mine, fileState, modelId, visibility } = adapter;
	const isThere = fileState === 'present';
	const hide = () => {
		client.finetune.changeAdapter({ adapterId, visibility: 'private' }).then(() => notify(t('adapters.madePrivate', { name })), notifyError);
	};
	const save = () => {
		client.finetune.exportAdapter({ adapterId }).then(({ fileName, file }) => saveFile(fileName, file), notifyError);
	};
	const remove = () => {
		const restore = async () => {
			await client.finetune.restoreAdapter({ adapterId });
		};
		client.finetune.removeAdapter({ adapterId }).then(() => notify(t('adapters.removed', { name }), restore), notifyError);
	};
	const goWith = (work: 'grading' | 'subtitles') => void navigate(`/${work}?model=${modelId}&adapter=${adapterId}`);
	const item = (label: string, act: () => void, isOffered: boolean) =>
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
			<IconButton aria-label={t('adapters.more', { name })} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}>
				<MoreIcon fontSize="small" />
			</IconButton>
			<Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
				{item(t('adapters.useIn.grading'), () => goWith('grading'), isThere && modelId !== null)}
				{item(t('adapters.useIn.subtitles'), () => goWith('subtitles'), isThere && modelId !== null)}
				{mine && <Divider />}
				{item(t('adapters.acts.rename'), () => setAsked('rename'), mine)}
				{item(t('adapters.acts.publish'), () => setAsked('publish'), mine && visibility === 'private')}
				{item(t('adapters.acts.hide'), hide, mine && visibility === 'public')}
				{item(t('adapters.acts.export'), save, isThere)}
				{item(t('adapters.acts.merge'), () => setAsked('merge'), mayMerge && isThere && modelId !== null)}
				{mine && <Divider />}
				{item(t('adapters.acts.remove'), remove, mine)}
			</Menu>
			{asked === 'rename' && <RenameAdapterDialog adapter={adapter} onClose={() => setAsked(null)} />}
			{asked === 'publish' && <PublishDialog adapter={adapter} onClose={() => setAsked(null)} />}
			{asked === 'merge' && <MergeDialog adapter={adapter} onClose={() => setAsked(null)} />}
		</>
	);
}
