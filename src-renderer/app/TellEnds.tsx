import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { JobEnd } from '#contract/jobEnd.ts';
import { linkedScreens } from '#contract/linkedScreens.ts';
import { useSettings } from '../features/settings/settingsStore.ts';
import { bridge } from '../rpc/bridge.ts';
import { useJobs } from '../rpc/live.ts';
import { endsSince } from './endsSince.ts';

/** Tells of work that ended while the page is not looked at, where the reader's browser lets it; the window's shell does that itself. */
export function TellEnds() {
	const { t } = useTranslation('shell');
	const navigate = useNavigate();
	const jobs = useJobs().value;
	const isWanted = useSettings(({ settings }) => settings?.tellEnds ?? false);
	const before = useRef<ReadonlySet<string>>(new Set());
	useEffect(() => {
		if (bridge() !== null || jobs === null) return;
		const { ends, active } = endsSince(before.current, jobs);
		before.current = active;
		if (!isWanted || !document.hidden || !('Notification' in window) || Notification.permission !== 'granted') return;
		const show = ({ title, detail, screen, ...numbers }: JobEnd) => {
			const notification = new Notification(t(`ended.${title}`), { body: t(`ended.${detail}`, { ...numbers }) });
			notification.onclick = () => {
				window.focus();
				void navigate(linkedScreens[screen]);
			};
		};
		for (const end of ends) show(end);
	}, [jobs, isWanted, t, navigate]);
	return null;
}
