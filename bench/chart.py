#!/usr/bin/python3
"""chart.py - the ways to sign as bars, of the CSV that bench/run writes

    chart.py TIMES.csv CHART.svg TITLE
"""
import csv
import sys

import matplotlib
matplotlib.use('svg')
import matplotlib.pyplot as plt

# the same bytes for the same figures
matplotlib.rcParams['svg.hashsalt'] = 's3sign'
matplotlib.rcParams['font.family'] = 'sans-serif'
matplotlib.rcParams['svg.fonttype'] = 'none'

# of the methods without a position, which do not sign row by row
ARRAYS = {'named, arrays of %s' % keys: 's3sign, named server, arrays of %s' % keys
          for keys in ('10', '1,000')}


def main():
    source, target, title = sys.argv[1:]
    with open(source, newline='') as file:
        rows = [row for row in csv.DictReader(file)
                if (row['position'] or row['way'] in ARRAYS) and row['keys'] == 'ordinary']
    rows.sort(key=lambda row: float(row['ns']), reverse=True)
    names = [ARRAYS.get(row['way'], row['way']) for row in rows]
    rates = [1e9 / float(row['ns']) for row in rows]

    figure, axes = plt.subplots(figsize=(8, 0.5 * len(rows) + 1.2), layout='constrained')
    bars = axes.barh(names, rates,
                     color=['#2b6cb0' if name.startswith('s3sign') else '#a0aec0'
                            for name in names])
    axes.bar_label(bars, [f'{rate:,.0f}' for rate in rates], padding=4)
    axes.set_xscale('log')
    axes.set_xlim(right=max(rates) * 6)
    axes.set_xlabel('URLs a second of one processor core (logarithmic)')
    axes.set_title(title, fontsize=9, loc='left', color='#4a5568')
    axes.spines[['top', 'right']].set_visible(False)
    figure.savefig(target, metadata={'Date': None})


main()
