import GlossaryIcon from '@mui/icons-material/MenuBookOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { client } from '../../rpc/client.ts';
import { BackHeader } from '../../ui/BackHeader.tsx';
import { DeletedLink } from '../../ui/DeletedLink.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ThingTable } from '../../ui/ThingTable.tsx';
import { GlossaryNameDialog } from './GlossaryNameDialog.tsx';
import { GlossaryRow } from './GlossaryRow.tsx';
import { useGlossaries } from './useGlossaries.ts';

/** All glossaries, newest first. */
export function GlossaryList() {
	const { t } = useTranslation('subtitles');
	const navigate = useNavigate();
	const { t: ui } = useTranslation('ui');
	const [error, setError] = useState<unknown>(null);
	const { glossaries, read } = useGlossaries(setError);
	const [isNaming, setNaming] = useState(false);
	const create = async (name: string) => {
		const { id } = await client.subtitles.createGlossary({ name });
		await navigate(`/subtitles/glossaries/${id}`);
	};
	const tryAgain = () => {
		setError(null);
		read();
	};
	const button = (
		<Button variant="contained" onClick={() => setNaming(true)}>
			{t('glossaries.new')}
		</Button>
	);
	return (
		<Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', minWidth: 0 }}>
			<BackHeader
				back={{ to: '/subtitles', label: t('bench.back') }}
				titlePx={{ narrow: 300, wide: 420 }}
				title={t('glossaries.title')}
				action={glossaries?.length !== 0 && button}
			/>
			<Box sx={{ px: 3, pb: 4, flex: 1, minHeight: 0, overflow: 'auto', display: 'flex', flexDirection: 'column' }}>
				<ErrorNotice error={error} action={{ label: ui('again'), onClick: tryAgain }} />
				{glossaries?.length === 0 && (
					<EmptyState icon={<GlossaryIcon />} title={t('glossaries.empty.title')} text={t('glossaries.empty.text')}>
						{button}
					</EmptyState>
				)}
				{glossaries !== null && glossaries.length > 0 && (
					<ThingTable
						label={t('glossaries.title')}
						columns={[
							{ name: t('glossaries.name') },
							{ name: t('glossaries.confirmed'), isNumber: true },
							{ name: t('glossaries.proposed'), isNumber: true },
							{ name: t('glossaries.projects'), isNumber: true },
							{ name: t('list.created') },
						]}
					>
						{glossaries.map((glossary) => (
							<GlossaryRow key={glossary.id} glossary={glossary} onChange={read} />
						))}
					</ThingTable>
				)}
				<DeletedLink />
			</Box>
			{isNaming && <GlossaryNameDialog onKeep={create} onClose={() => setNaming(false)} />}
		</Box>
	);
}
