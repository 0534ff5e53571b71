import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import FilesIcon from '@mui/icons-material/FileCopyOutlined';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink, useNavigate } from 'react-router';
import type { Conversion } from '#contract/convertBatch.ts';
import { isJobOver } from '#contract/isJobOver.ts';
import { client } from '../../rpc/client.ts';
import { useConnection } from '../../rpc/useConnection.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { Page } from '../../ui/Page.tsx';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { ThingTable } from '../../ui/ThingTable.tsx';
import { beginBatch } from './batchStore.ts';
import { formatNames } from './formatStore.ts';

/** All batches of files, newest first. */
export function BatchList() {
	const { t } = useTranslation('convert');
	const format = useFormat();
	const [batches, setBatches] = useState<readonly Conversion[] | null>(null);
	const [error, setError] = useState<unknown>(null);
	const [removing, setRemoving] = useState<Conversion | null>(null);
	const isLost = useConnection(({ state }) => state === 'lost');
	const read = useCallback(() => client.convert.list().then(setBatches, setError), []);
	useEffect(() => {
		if (!isLost) void read();
	}, [isLost, read]);
	const isEmpty = batches?.length === 0;
	return (
		<Page
			title={t('title')}
			action={
				!isEmpty && (
					<Button variant="contained" component={RouterLink} to="/convert/files/new">
						{t('batches.new')}
					</Button>
				)
			}
		>
			<ErrorNotice error={error} onClose={() => setError(null)} sx={{ mb: 2 }} />
			{isEmpty && <NoBatches />}
			{batches !== null && !isEmpty && (
				<ThingTable
					label={t('batches.label')}
					columns={[
						{ name: t('batches.name') },
						{ name: t('batches.target') },
						{ name: t('batches.files'), isNumber: true },
						{ name: t('batches.done'), isNumber: true },
						{ name: t('batches.failed'), isNumber: true },
						{ name: t('batches.lossy'), isNumber: true },
						{ name: t('batches.created') },
					]}
				>
					{batches.map((batch) => (
						<TableRow key={batch.id}>
							<TableCell>
								<Link component={RouterLink} to={`/convert/files/${batch.id}`} dir="auto">
									{batch.title || t('batches.untitled')}
								</Link>
							</TableCell>
							<TableCell>{batch.order ? formatNames[batch.order.to] : t('batches.notStarted')}</TableCell>
							<TableCell align="right">{format.number(batch.counts.files)}</TableCell>
							<TableCell align="right">{format.number(batch.counts.done)}</TableCell>
							<TableCell align="right">{format.number(batch.counts.failed)}</TableCell>
							<TableCell align="right">{format.number(batch.counts.lossy)}</TableCell>
							<TableCell>{format.moment(batch.createdAt)}</TableCell>
							<TableCell align="right">
								{(batch.job === null || isJobOver(batch.job.state)) && (
									<SymbolButton label={t('batches.remove', { name: batch.title })} onClick={() => setRemoving(batch)}>
										<DeleteIcon fontSize="small" />
									</SymbolButton>
								)}
							</TableCell>
						</TableRow>
					))}
				</ThingTable>
			)}
			<ConfirmDialog
				open={removing !== null}
				title={t('batches.removeTitle', { name: removing?.title ?? '' })}
				confirmLabel={t('batches.removeConfirm')}
				isDestructive
				onConfirm={async () => {
					if (removing) await client.convert.remove({ conversionId: removing.id });
					await read();
				}}
				onClose={() => setRemoving(null)}
			>
				<Typography>{t(removing?.folder ? 'batches.removeKept' : 'batches.removeText')}</Typography>
			</ConfirmDialog>
		</Page>
	);
}

function NoBatches() {
	const { t } = useTranslation('convert');
	const navigate = useNavigate();
	const take = (files: File[]) => void beginBatch(files, (id) => void navigate(`/convert/files/${id}`)).catch(notifyError);
	return (
		<DropArea takesFolders onFiles={take}>
			<EmptyState icon={<FilesIcon />} title={t('batches.empty.title')} text={t('batches.empty.text')}>
				<Button variant="contained" component={RouterLink} to="/convert/files/new">
					{t('batches.new')}
				</Button>
			</EmptyState>
		</DropArea>
	);
}
