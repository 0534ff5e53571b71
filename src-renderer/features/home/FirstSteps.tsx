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
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../rpc/client.ts';
import { useMay } from '../../rpc/useMe.ts';
import { notify, notifyError } from '../../ui/notify.ts';
import { LanguageChoice } from './LanguageChoice.tsx';
import { ModelStep } from './ModelStep.tsx';
import type { NextStep } from './nextStep.ts';
import { RecommendedModel } from './RecommendedModel.tsx';
import { Step } from './Step.tsx';

/** What one can do here, each with an example that is one click away; that of the models only for whoever may add one. */
const ways = [
	{ name: 'grading', icon: GradingIcon, to: '/grading', example: '/grading/new?example=yes' },
	{ name: 'subtitles', icon: SubtitlesIcon, to: '/subtitles', example: '/subtitles/new?example=yes' },
	{ name: 'chat', icon: ChatIcon, to: '/chat', example: '/chat?example=yes' },
	{ name: 'convert', icon: ConvertIcon, to: '/convert', example: '/convert?example=yes' },
	{ name: 'finetune', icon: TrainIcon, to: '/finetune', example: '/finetune/datasets/new?example=yes' },
	{ name: 'manage', icon: ModelsIcon, to: '/models', example: '/models?example=yes' },
] as const;

/**
 * Three steps for who is new: the language, a model, and what to do with it. All are in sight and none must be taken; who leaves them finds
 * them again in the settings.
 */
export function FirstSteps({ next }: { next: NextStep }) {
	const { t } = useTranslation('home');
	const mayWork = useMay('user');
	const mayAdd = useMay('admin');
	const leave = () => {
		client.settings
			.set({ firstSteps: 'left' })
			.then(() => notify(t('first.isLeft'), async () => void (await client.settings.set({ firstSteps: 'shown' }))))
			.catch(notifyError);
	};
	return (
		<Box component="section" aria-label={t('first.label')} sx={{ mb: 4 }}>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mb: 2 }}>
				<Typography sx={{ flex: 1, color: 'text.secondary' }}>{t('welcome')}</Typography>
				<Button size="small" color="inherit" onClick={leave}>
					{t('first.leave')}
				</Button>
			</Box>
			<Numbered number={1} title={t('first.language')}>
				<LanguageChoice labelId="first-1" />
			</Numbered>
			<Numbered number={2} title={t('first.model')}>
				<ModelStep next={next} />
				{mayAdd && <RecommendedModel />}
			</Numbered>
			{mayWork && (
				<Numbered number={3} title={t('first.work')}>
					{ways.map(({ name, icon: Icon, to, example }) => (
						<Step
							key={name}
							icon={<Icon />}
							title={t(`${name}.title`)}
							text={t(`${name}.text`)}
							act={t(`${name}.act`)}
							to={to}
							isNext={(next === 'work' || next === 'wait') && name === 'grading'}
							example={name === 'manage' && !mayAdd ? null : { to: example, label: t('first.exampleOf', { title: t(`${name}.title`) }) }}
						/>
					))}
				</Numbered>
			)}
		</Box>
	);
}

function Numbered({ number, title, children }: { number: number; title: string; children: ReactNode }) {
	return (
		<Box component="section" aria-labelledby={`first-${number}`} sx={{ mb: 2.5 }}>
			<Typography id={`first-${number}`} variant="h2" sx={{ mb: 1, display: 'flex', alignItems: 'center', gap: 1 }}>
				<Box
					component="span"
					sx={{
						width: 22,
						height: 22,
						borderRadius: '50%',
						border: 1,
						borderColor: 'surface.line',
						display: 'grid',
						placeItems: 'center',
						typography: 'caption',
					}}
				>
					{number}
				</Box>
				{title}
			</Typography>
			<Paper variant="outlined">{children}</Paper>
		</Box>
	);
}
