import ChartIcon from '@mui/icons-material/QueryStats';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Counted, MonitorSpan } from '#contract/monitor.ts';
import { useDeployments } from '../../rpc/live.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { DeploymentTable } from './DeploymentTable.tsx';
import { Gauges } from './Gauges.tsx';
import { Groups } from './Groups.tsx';
import { HistoryCharts } from './HistoryCharts.tsx';
import { useSnapshot } from './monitorStore.ts';
import { NowFigures } from './NowFigures.tsx';
import { PointTable } from './PointTable.tsx';
import { Refusals } from './Refusals.tsx';
import { useGroupNames } from './useGroupNames.ts';
import { type HistoryChoice, useHistory } from './useHistory.ts';

const spans = ['hour', 'day', 'month', 'year'] as const satisfies readonly MonitorSpan[];
const kinds = ['answers', 'requests'] as const satisfies readonly Counted[];

/** How busy Homeroom is and was, for an administrator: now in numbers, the machine, and a span drawn and told apart. */
export function MonitorScreen() {
	const { t } = useTranslation('monitor');
	const { t: ui } = useTranslation('ui');
	const nameOf = useGroupNames();
	const [choice, setChoice] = useState<HistoryChoice>({ counted: 'answers', span: 'hour', of: null });
	const { value: snapshot, error: watchError } = useSnapshot();
	const { value: deployments } = useDeployments();
	const { history, error, again } = useHistory(choice);
	const { counted, span, of } = choice;
	const alone = of && history?.groups[of.by]?.find(({ key }) => key === of.key);
	const isEmpty = history !== null && of === null && history.total.count === 0;
	return (
		<Page title={t('title')}>
			<ErrorNotice error={error ?? watchError} action={{ label: ui('again'), onClick: again }} sx={{ mb: 2 }} />
			<NowFigures snapshot={snapshot} />
			{snapshot?.machine && <Gauges machine={snapshot.machine} />}
			<Box sx={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: 1, mb: 2 }}>
				<ToggleButtonGroup
					exclusive
					size="small"
					aria-label={t('counted.label')}
					value={counted}
					onChange={(_event, chosen: Counted | null) => chosen && setChoice({ span, counted: chosen, of: null })}
				>
					{kinds.map((name) => (
						<ToggleButton key={name} value={name}>
							{t(`counted.${name}`)}
						</ToggleButton>
					))}
				</ToggleButtonGroup>
				<ToggleButtonGroup
					exclusive
					size="small"
					aria-label={t('span.label')}
					value={span}
					onChange={(_event, chosen: MonitorSpan | null) => chosen && setChoice({ ...choice, span: chosen })}
				>
					{spans.map((name) => (
						<ToggleButton key={name} value={name}>
							{t(`span.${name}`)}
						</ToggleButton>
					))}
				</ToggleButtonGroup>
			</Box>
			{of && (
				<Chip
					label={t('alone', { name: nameOf(of.by, alone ?? { key: of.key, name: null }) })}
					onDelete={() => setChoice({ ...choice, of: null })}
					sx={{ alignSelf: 'flex-start', mb: 2 }}
				/>
			)}
			{isEmpty && <EmptyState icon={<ChartIcon />} title={t(`empty.${counted}.title`)} text={t(`empty.${counted}.text`)} />}
			{history && !isEmpty && (
				<>
					<HistoryCharts history={history} counted={counted} />
					<PointTable history={history} counted={counted} />
					<Groups history={history} counted={counted} onChoose={(chosen) => setChoice({ ...choice, of: chosen })} />
				</>
			)}
			<Refusals />
			<DeploymentTable deployments={deployments ?? []} />
		</Page>
	);
}
