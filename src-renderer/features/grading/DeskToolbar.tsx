import AcceptManyIcon from '@mui/icons-material/DoneAll';
import KeysIcon from '@mui/icons-material/KeyboardOutlined';
import SecondIcon from '@mui/icons-material/PeopleAltOutlined';
import NamesHiddenIcon from '@mui/icons-material/VisibilityOffOutlined';
import NamesIcon from '@mui/icons-material/VisibilityOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Tooltip from '@mui/material/Tooltip';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Assignment } from '#contract/grading.ts';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { countedPointsOf } from './arrangeDesk.ts';
import { DeskChoices } from './DeskChoices.tsx';
import { openOnDesk, setMarker, setView, showNames, useDesk } from './deskStore.ts';
import { useGrading } from './gradingStore.ts';
import { PointsStrip } from './PointsStrip.tsx';
import { pointsStatistics } from './pointsStatistics.ts';

/** Above the desk: by question or by student, what is shown in which order, how the class did, and who marks how. */
export function DeskToolbar({ assignment, answers, jobActive }: { assignment: Assignment; answers: Answer[]; jobActive: boolean }) {
	const { t } = useTranslation('grading');
	const view = useDesk((state) => state.view);
	const marker = useDesk((state) => state.marker);
	const open = useDesk((state) => state.open);
	return (
		<Box sx={{ flex: 'none', px: 3, pb: 1, display: 'flex', flexWrap: { xs: 'wrap', md: 'nowrap' }, alignItems: 'center', gap: 1, minHeight: 44 }}>
			{assignment.questions.length > 1 && (
				<ToggleButtonGroup exclusive size="small" value={view} aria-label={t('desk.view.label')} onChange={(_event, chosen) => chosen && setView(chosen)}>
					{(['question', 'student'] as const).map((name) => (
						<ToggleButton key={name} value={name} sx={{ px: 1.25, whiteSpace: 'nowrap' }}>
							{t(`desk.view.${name}`)}
						</ToggleButton>
					))}
				</ToggleButtonGroup>
			)}
			<DeskChoices assignment={assignment} answers={answers} jobActive={jobActive} />
			<Box sx={{ flex: 1 }} />
			{view === 'question' && <QuestionStrip assignment={assignment} answers={answers} />}
			{marker === 'first' && (
				<Button
					variant="outlined"
					color="inherit"
					size="small"
					aria-expanded={open === 'accept'}
					startIcon={<AcceptManyIcon fontSize="small" />}
					onClick={() => openOnDesk(open === 'accept' ? null : 'accept')}
				>
					{t('desk.accept.open')}
				</Button>
			)}
			{assignment.blind && <NamesSwitch />}
			<SymbolToggle
				label={t(marker === 'second' ? 'desk.second.end' : 'desk.second.start')}
				isOn={marker === 'second'}
				onClick={() => setMarker(marker === 'second' ? 'first' : 'second')}
			>
				<SecondIcon fontSize="small" />
			</SymbolToggle>
			<SymbolButton label={t('desk.keys.open')} onClick={() => openOnDesk('keys')}>
				<KeysIcon fontSize="small" />
			</SymbolButton>
		</Box>
	);
}

function QuestionStrip({ assignment, answers }: { assignment: Assignment; answers: Answer[] }) {
	const marker = useDesk((state) => state.marker);
	const questionId = useGrading((state) => state.questionId);
	const outOf = assignment.questions.find(({ id }) => id === questionId)?.points ?? null;
	const statistics = useMemo(
		() =>
			outOf !== null &&
			pointsStatistics(
				answers.map((answer) => countedPointsOf(answer, marker)).filter((points) => points !== null),
				outOf,
			),
		[answers, marker, outOf],
	);
	return statistics && outOf !== null ? <PointsStrip statistics={statistics} outOf={outOf} /> : null;
}

function NamesSwitch() {
	const { t } = useTranslation('grading');
	const namesShown = useDesk((state) => state.namesShown);
	return (
		<SymbolToggle label={t('desk.showNames')} isOn={namesShown} onClick={() => showNames(!namesShown)}>
			{namesShown ? <NamesIcon fontSize="small" /> : <NamesHiddenIcon fontSize="small" />}
		</SymbolToggle>
	);
}

function SymbolToggle({ label, isOn, onClick, children }: { label: string; isOn: boolean; onClick: () => void; children: ReactNode }) {
	return (
		<Tooltip title={label}>
			<ToggleButton value="on" size="small" selected={isOn} aria-label={label} onChange={onClick} sx={{ p: 0.5, minHeight: 30, minWidth: 30, border: 0 }}>
				{children}
			</ToggleButton>
		</Tooltip>
	);
}
