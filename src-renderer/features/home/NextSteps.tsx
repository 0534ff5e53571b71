import ChatIcon from '@mui/icons-material/ChatBubbleOutlineOutlined';
import GradingIcon from '@mui/icons-material/FactCheckOutlined';
import ModelsIcon from '@mui/icons-material/Inventory2Outlined';
import TrainIcon from '@mui/icons-material/SchoolOutlined';
import SubtitlesIcon from '@mui/icons-material/SubtitlesOutlined';
import ConvertIcon from '@mui/icons-material/SwapHorizOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { loadDemo } from '../../rpc/loadDemo.ts';
import { useMay } from '../../rpc/useMe.ts';
import { notifyError } from '../../ui/notify.ts';
import type { NextStep } from './nextStep.ts';

/** The ways on from here that the reader may take, in the order one takes them; the accent marks the one that comes next. */
export function NextSteps({ next }: { next: NextStep }) {
	const { t } = useTranslation('home');
	const mayAdd = useMay('admin');
	const mayWork = useMay('user');
	const isFirst = next === 'add' && mayAdd;
	const [isComing, setComing] = useState(false);
	const loadFirst = () => {
		setComing(true);
		void loadDemo()
			.catch(notifyError)
			.finally(() => setComing(false));
	};
	const models = next === 'add' ? (mayAdd ? 'add' : 'none') : !mayWork ? 'look' : next === 'load' ? 'load' : 'ready';
	return (
		<Box component="section" aria-labelledby="next" sx={{ mb: 4 }}>
			<Typography id="next" sx={{ color: 'text.secondary', mb: 2 }}>
				{t('welcome')}
			</Typography>
			<Paper variant="outlined">
				<Step
					icon={<ModelsIcon />}
					title={t(`models.${models}.title`)}
					text={t(`models.${models}.text`)}
					act={t(`models.${models}.act`)}
					to="/models"
					isNext={mayWork && next !== 'work' && !isFirst}
				>
					{isFirst && (
						<Button variant="contained" loading={isComing} onClick={loadFirst}>
							{t('models.add.demo')}
						</Button>
					)}
				</Step>
				{mayWork && (
					<>
						<Step icon={<ChatIcon />} title={t('chat.title')} text={t('chat.text')} act={t('chat.act')} to="/chat" isNext={false} />
						<Step icon={<GradingIcon />} title={t('grading.title')} text={t('grading.text')} act={t('grading.act')} to="/grading" isNext={next === 'work'} />
						<Step icon={<SubtitlesIcon />} title={t('subtitles.title')} text={t('subtitles.text')} act={t('subtitles.act')} to="/subtitles" isNext={false} />
						<Step icon={<TrainIcon />} title={t('finetune.title')} text={t('finetune.text')} act={t('finetune.act')} to="/finetune" isNext={false} />
						<Step icon={<ConvertIcon />} title={t('convert.title')} text={t('convert.text')} act={t('convert.act')} to="/convert" isNext={false} />
					</>
				)}
			</Paper>
		</Box>
	);
}

interface StepProps {
	icon: ReactNode;
	title: string;
	text: string;
	act: string;
	to: string;
	isNext: boolean;
	/** A shorter way, before the one that leads to a screen. */
	children?: ReactNode;
}

function Step({ icon, title, text, act, to, isNext, children }: StepProps) {
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, px: 2, py: 2, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			<Box sx={{ color: 'text.secondary', lineHeight: 0 }}>{icon}</Box>
			<Box sx={{ flex: 1, minWidth: 0 }}>
				<Typography variant="h2">{title}</Typography>
				<Typography sx={{ color: 'text.secondary' }}>{text}</Typography>
			</Box>
			{children}
			<Button component={Link} to={to} variant={isNext ? 'contained' : 'outlined'} color={isNext ? 'primary' : 'inherit'} sx={{ minWidth: 136 }}>
				{act}
			</Button>
		</Box>
	);
}
