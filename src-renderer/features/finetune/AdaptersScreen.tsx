import AdapterIcon from '@mui/icons-material/ExtensionOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAdapters } from '../../rpc/useAdapters.ts';
import { DeletedLink } from '../../ui/DeletedLink.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { AdapterTable } from './AdapterTable.tsx';
import { arrangeAdapters } from './arrangeAdapters.ts';
import { ImportDialog } from './ImportDialog.tsx';

/** The adapters of the reader and those that others made public, by the model that they belong to. */
export function AdaptersScreen() {
	const { t } = useTranslation('finetune');
	const { value, error } = useAdapters();
	const [isImporting, setImporting] = useState(false);
	const groups = arrangeAdapters(value ?? []);
	const isEmpty = value?.length === 0;
	return (
		<Page
			title={t('title')}
			action={
				value !== null &&
				!isEmpty && (
					<Button variant="outlined" color="inherit" onClick={() => setImporting(true)}>
						{t('adapters.import')}
					</Button>
				)
			}
		>
			<ErrorNotice error={error} sx={{ mb: 2 }} />
			{isEmpty && (
				<EmptyState icon={<AdapterIcon />} title={t('adapters.emptyTitle')} text={t('adapters.emptyText')}>
					<Button variant="contained" component={Link} to="/finetune/new">
						{t('runs.new')}
					</Button>
					<Button variant="outlined" color="inherit" onClick={() => setImporting(true)}>
						{t('adapters.import')}
					</Button>
				</EmptyState>
			)}
			{groups.map((group) => (
				<Box component="section" key={group.modelId ?? `gone ${group.modelName}`} aria-label={group.modelName} sx={{ mb: 3 }}>
					<Typography variant="h2" dir="auto" sx={{ mb: 1 }}>
						{group.modelName}
						{group.modelId === null && (
							<Typography component="span" sx={{ color: 'text.secondary', ml: 1, fontWeight: 400 }}>
								{t('adapters.modelGone')}
							</Typography>
						)}
					</Typography>
					<AdapterTable group={group} />
				</Box>
			))}
			<DeletedLink />
			{isImporting && <ImportDialog onClose={() => setImporting(false)} />}
		</Page>
	);
}
