import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RemoteFile, RemoteModel } from '#contract/market.ts';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notify.ts';
import { isUnderway } from './downloadActs.ts';
import { FileRow } from './FileRow.tsx';
import { download, fileKey, knownFit, takeStored, useMarket, wantFit } from './marketStore.ts';
import { projectorOf, type Recommendation, recommendFile } from './recommendFile.ts';

const kinds = ['model', 'projector', 'adapter'] as const;

/** The files of a model that can be had, models first and the smallest at the top, with the one to take marked. */
export function FileTable({ model, isOffline }: { model: RemoteModel; isOffline: boolean }) {
	const { t } = useTranslation('market');
	const format = useFormat();
	const [withProjector, setWithProjector] = useState(false);
	const files = useMemo(() => model.files.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.sizeBytes - b.sizeBytes), [model.files]);
	const recommended = useRecommendation(model, isOffline);
	const hasModels = files.some(({ kind }) => kind === 'model');
	const projector = hasModels ? projectorOf(files) : null;
	const start = async (file: RemoteFile) => {
		const job = await download(model, file, file.kind === 'model' && withProjector ? (projector?.id ?? null) : null);
		if (job) notify(t(isUnderway(job) ? 'act.started' : 'act.standsStill', { name: file.fileName }));
	};
	const take = async (file: RemoteFile) => {
		if (await takeStored(model, file)) notify(t('act.taken', { name: file.fileName }));
	};
	if (files.length === 0) return <Typography sx={{ color: 'text.secondary' }}>{t('files.none')}</Typography>;
	return (
		<Box component="section" aria-labelledby="files">
			<Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', columnGap: 3, mb: 1 }}>
				<Typography id="files" variant="h2" component="h3" sx={{ flex: 1 }}>
					{t('files.title')}
				</Typography>
				{projector && (
					<FormControlLabel
						control={<Checkbox size="small" checked={withProjector} onChange={(_event, isWanted) => setWithProjector(isWanted)} />}
						label={t('files.withProjector', { size: format.bytes(projector.sizeBytes) })}
						sx={{ mr: 0 }}
					/>
				)}
			</Box>
			{recommended.kind === 'none' && !isOffline && <Typography sx={{ color: 'text.secondary', mb: 1 }}>{t('files.noneFits')}</Typography>}
			<TableContainer component={Paper} variant="outlined">
				<Table>
					<TableHead>
						<TableRow>
							<TableCell component="td" sx={{ width: 40, pr: 0 }} />
							<TableCell>{t('files.file')}</TableCell>
							<TableCell align="right">{t('files.size')}</TableCell>
							<TableCell>{t('files.fit')}</TableCell>
							<TableCell component="td" sx={{ width: 140 }} />
						</TableRow>
					</TableHead>
					<TableBody>
						{files.map((file) => (
							<FileRow
								key={file.id}
								model={model}
								file={file}
								isRecommended={recommended.kind === 'file' && recommended.id === file.id}
								isOffline={isOffline}
								onDownload={() => void start(file)}
								onTakeStored={() => void take(file)}
							/>
						))}
					</TableBody>
				</Table>
			</TableContainer>
		</Box>
	);
}

/** The file to recommend, asking for the fits that it hangs on. */
function useRecommendation(model: RemoteModel, isOffline: boolean): Recommendation {
	const fits = useMarket((state) => state.fits);
	const recommended = useMemo(() => recommendFile(model.files, (id) => knownFit(fits[fileKey(model, id)])), [model, fits]);
	const ask = recommended.kind === 'unknown' ? recommended.ask : null;
	useEffect(() => {
		const file = model.files.find(({ id }) => id === ask);
		if (file && !isOffline) return wantFit(model, file);
	}, [model, ask, isOffline]);
	return recommended;
}
