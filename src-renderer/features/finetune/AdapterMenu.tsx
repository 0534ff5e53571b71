import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Adapter } from '#contract/finetune.ts';
import { client } from '../../rpc/client.ts';
import { useMay } from '../../rpc/useMe.ts';
import { MoreMenu } from '../../ui/MoreMenu.tsx';
import { notify, notifyError } from '../../ui/notify.ts';
import { saveFile } from '../../ui/saveFile.ts';
import { MergeDialog } from './MergeDialog.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { RenameAdapterDialog } from './RenameAdapterDialog.tsx';

type Asked = 'rename' | 'publish' | 'merge';

/** Everything that the reader may do with one adapter. */
export function AdapterMenu({ adapter }: { adapter: Adapter }) {
	const { t } = useTranslation('finetune');
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
	return (
		<>
			<MoreMenu
				label={t('adapters.more', { name })}
				entries={[
					isThere && modelId !== null && { label: t('adapters.useIn.grading'), onChoose: () => goWith('grading') },
					isThere && modelId !== null && { label: t('adapters.useIn.subtitles'), onChoose: () => goWith('subtitles') },
					mine && 'line',
					mine && { label: t('adapters.acts.rename'), onChoose: () => setAsked('rename') },
					mine && visibility === 'private' && { label: t('adapters.acts.publish'), onChoose: () => setAsked('publish') },
					mine && visibility === 'public' && { label: t('adapters.acts.hide'), onChoose: hide },
					isThere && { label: t('adapters.acts.export'), onChoose: save },
					mayMerge && isThere && modelId !== null && { label: t('adapters.acts.merge'), onChoose: () => setAsked('merge') },
					mine && 'line',
					mine && { label: t('adapters.acts.remove'), onChoose: remove },
				]}
			/>
			{asked === 'rename' && <RenameAdapterDialog adapter={adapter} onClose={() => setAsked(null)} />}
			{asked === 'publish' && <PublishDialog adapter={adapter} onClose={() => setAsked(null)} />}
			{asked === 'merge' && <MergeDialog adapter={adapter} onClose={() => setAsked(null)} />}
		</>
	);
}
