/**
 * The point of the standard normal distribution below which a fraction lies, to seven digits (Wichura 1988, Algorithm AS 241, "The Percentage
 * Points of the Normal Distribution", PPND7). `fraction` is above 0 and below 1.
 */
export function normalQuantile(fraction: number): number {
	const q = fraction - 0.5;
	if (Math.abs(q) <= 0.425) {
		const r = 0.180625 - q * q;
		return (q * (((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)) / (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1);
	}
	const tail = Math.sqrt(-Math.log(q < 0 ? fraction : 1 - fraction));
	return Math.sign(q) * (tail <= 5 ? nearTail(tail - 1.6) : farTail(tail - 5));
}

function nearTail(r: number): number {
	return (((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777) / ((0.12021132975 * r + 0.7370016425) * r + 1);
}

function farTail(r: number): number {
	return (((0.017337203997 * r + 0.42868294337) * r + 3.081226386) * r + 6.657905115) / ((0.012258202635 * r + 0.24197894225) * r + 1);
}

/** The fraction of the standard normal distribution below `z`, to 1e-7 (Abramowitz and Stegun 1964, formula 26.2.17). */
export function normalFraction(z: number): number {
	const t = 1 / (1 + 0.2316419 * Math.abs(z));
	const terms = ((((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153) * t;
	const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * terms;
	return z > 0 ? 1 - tail : tail;
}

/**
 * As `normalQuantile`, of Student's distribution with 2 or more degrees of freedom, to 1 % (Abramowitz and Stegun 1964, formula 26.7.5).
 */
export function studentQuantile(fraction: number, degrees: number): number {
	const x = normalQuantile(fraction);
	const x2 = x * x;
	const g1 = (x * (x2 + 1)) / 4;
	const g2 = (x * ((5 * x2 + 16) * x2 + 3)) / 96;
	const g3 = (x * (((3 * x2 + 19) * x2 + 17) * x2 - 15)) / 384;
	const g4 = (x * ((((79 * x2 + 776) * x2 + 1482) * x2 - 1920) * x2 - 945)) / 92_160;
	return x + (((g4 / degrees + g3) / degrees + g2) / degrees + g1) / degrees;
}
