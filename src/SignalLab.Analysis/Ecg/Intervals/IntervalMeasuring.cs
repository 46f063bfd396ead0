using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>Everything that is measured on the median beat and from beat to beat.</summary>
public static class IntervalMeasuring
{
    extension(EcgExamination examination)
    {
        /// <summary>
        /// Heart rate and RR intervals; P, PR, QRS, QT, JT and Tpeak–Tend of the median beat's global marks with their beat-to-beat medians and spread as a cross-check;
        /// corrected QT; axes; amplitudes and ST levels a lead; voltage indices; the angle between QRS and T.
        /// </summary>
        /// <returns>Measurements; those that cannot be made are there without a value, with the reason.</returns>
        /// <remarks>Source of the definitions: IEC 60601-2-25:2011, annex on measurements; CSE Working Party 1985, Eur Heart J 6:815.</remarks>
        public IReadOnlyList<Measurement> MeasureIntervals()
        {
            var beats = new BeatSeries(examination);
            var median = examination.Median;
            var leads = median is { Waveforms.Channels.Count: > 0 } ? new AverageLeads(median.Waveforms) : null;
            var intervals = IntervalTable.Measure(median, beats);
            return
            [
                .. RateTable.Measure(beats),
                .. intervals,
                .. CorrectedQtTable.Measure(intervals.First(m => m.Name == IntervalTable.Qt).Value, beats),
                .. OwnQtFit.Measure(beats),
                .. IntervalTable.BeatToBeat(beats),
                .. AxisTable.Measure(median, leads),
                .. AmplitudeTable.Measure(median, leads),
                .. VoltageTable.Measure(median, leads, intervals.First(m => m.Name == IntervalTable.Qrs).Value, examination.Recording.Subject),
                .. VectorTable.Measure(median, leads),
            ];
        }
    }
}
