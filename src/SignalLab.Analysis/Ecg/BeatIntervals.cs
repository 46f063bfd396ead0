namespace SignalLab.Analysis.Ecg;

/// <summary>The intervals between an examination's beats.</summary>
public static class BeatIntervals
{
    extension(EcgExamination examination)
    {
        /// <summary>The interval that ends at each beat.</summary>
        /// <returns>Seconds, one a beat; NaN for the first beat, across a gap and across ventricular flutter or fibrillation.</returns>
        public double[] IntervalsBefore()
        {
            var (beats, flutter) = (examination.Beats, examination.VentricularFlutter);
            var rate = examination.Leads.Count > 0 ? examination.Recording.Channels[examination.Leads[0]].RateHz : double.NaN;
            var segments = examination.Leads.Count > 0 ? examination.Recording.SegmentsOf(examination.Leads[0]) : [];
            var intervals = new double[beats.Count];
            var (segment, stretch) = (0, 0);
            for (var i = 0; i < beats.Count; i++)
            {
                var whole = i > 0;
                while (segment + 1 < segments.Count && segments[segment + 1].OnsetSeconds <= beats[i].Seconds)
                {
                    segment++;
                    whole = false;
                }

                while (stretch < flutter.Count && flutter[stretch].OnsetSeconds < beats[i].Seconds)
                {
                    stretch++;
                    whole = false;
                }

                intervals[i] = whole ? (beats[i].Sample - beats[i - 1].Sample) / rate : double.NaN;
            }

            return intervals;
        }
    }
}
