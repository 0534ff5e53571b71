import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { MachineGauges } from '#contract/monitor.ts';
import { useFormat } from '../../ui/format.ts';

/** So much in use is worth a warning. */
const nearlyFull = 0.95;

/** What of the machine is in use now: processor, memory, graphics cards, disk. */
export function Gauges({ machine }: { machine: MachineGauges }) {
	const { t } = useTranslation('monitor');
	const format = useFormat();
	const { cpuFraction, memoryUsedBytes, memoryTotalBytes, diskFreeBytes, diskTotalBytes, processBytes, gpus } = machine;
	const ofBytes = (used: number, total: number) => t('machine.of', { used: format.bytes(used), total: format.bytes(total) });
	return (
		<Paper
			variant="outlined"
			role="group"
			aria-label={t('machine.title')}
			sx={{ p: 2, mb: 3, display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))', columnGap: 4, rowGap: 1.5 }}
		>
			<Gauge label={t('machine.cpu')} value={format.percent(cpuFraction)} fraction={cpuFraction} />
			<Gauge
				label={t('machine.memory')}
				value={ofBytes(memoryUsedBytes, memoryTotalBytes)}
				fraction={memoryUsedBytes / memoryTotalBytes}
				help={t('machine.own', { bytes: format.bytes(processBytes) })}
			/>
			{gpus.map(({ name, fraction, usedBytes, totalBytes }, index) => (
				// Cards have no other name than their place.
				// biome-ignore lint/suspicious/noArrayIndexKey: the list of cards stays in its order
				<Box key={index} sx={{ display: 'contents' }}>
					{fraction !== null && <Gauge label={name} value={format.percent(fraction)} fraction={fraction} />}
					{usedBytes !== null && totalBytes !== null && (
						<Gauge label={t('machine.vram', { name })} value={ofBytes(usedBytes, totalBytes)} fraction={usedBytes / totalBytes} />
					)}
				</Box>
			))}
			<Gauge
				label={t('machine.disk')}
				value={t('machine.free', { bytes: format.bytes(diskFreeBytes) })}
				fraction={diskTotalBytes === 0 ? 0 : 1 - diskFreeBytes / diskTotalBytes}
			/>
		</Paper>
	);
}

function Gauge({ label, value, fraction, help }: { label: string; value: string; fraction: number; help?: string }) {
	const share = Math.min(1, Math.max(0, fraction));
	const isFull = share >= nearlyFull;
	return (
		<Box>
			<Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, mb: 0.5 }}>
				<Typography noWrap dir="auto">
					{label}
				</Typography>
				<Typography noWrap sx={{ color: isFull ? 'warning.main' : 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
					{value}
				</Typography>
			</Box>
			<Box
				role="meter"
				aria-label={label}
				aria-valuemin={0}
				aria-valuemax={100}
				aria-valuenow={Math.round(share * 100)}
				aria-valuetext={value}
				sx={{ height: 6, borderRadius: '3px', bgcolor: 'divider', overflow: 'hidden' }}
			>
				<Box
					sx={{
						height: '100%',
						bgcolor: isFull ? 'warning.main' : 'series.first',
						transition: 'width 300ms',
					}}
					style={{ width: `${share * 100}%` }}
				/>
			</Box>
			{help && (
				<Typography variant="caption" sx={{ display: 'block', mt: 0.5, color: 'text.secondary' }}>
					{help}
				</Typography>
			)}
		</Box>
	);
}
