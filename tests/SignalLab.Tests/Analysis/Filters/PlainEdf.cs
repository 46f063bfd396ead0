using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Filters;

internal static class PlainEdf
{
    public static Recording Open(string relative)
    {
        var bytes = File.ReadAllBytes(SharedData.File(relative));
        string Text(int at, int length) => Encoding.Latin1.GetString(bytes, at, length).Trim();
        double Number(int at, int length) => double.Parse(Text(at, length), CultureInfo.InvariantCulture);
        var (header, records, seconds, n) = ((int)Number(184, 8), (int)Number(236, 8), Number(244, 8), (int)Number(252, 4));
        string Field(int before, int width, int i) => Text(256 + (n * before) + (i * width), width);
        var per = Enumerable.Range(0, n).Select(i => int.Parse(Field(216, 8, i), CultureInfo.InvariantCulture)).ToArray();
        var channels = new List<Channel>();
        var samples = new List<double[]>();
        for (var i = 0; i < n; i++)
        {
            var label = Field(0, 16, i);
            if (label.Contains("Annotations", StringComparison.Ordinal))
            {
                continue;
            }

            double F(int before) => double.Parse(Field(before, 8, i), CultureInfo.InvariantCulture);
            var (pmin, pmax, dmin, dmax) = (F(104), F(112), F(120), F(128));
            var gain = (pmax - pmin) / (dmax - dmin);
            var values = new double[records * per[i]];
            for (var r = 0; r < records; r++)
            {
                for (var s = 0; s < per[i]; s++)
                {
                    var at = header + (2 * ((r * per.Sum()) + per[..i].Sum() + s));
                    values[(r * per[i]) + s] = (BitConverter.ToInt16(bytes, at) * gain) + (pmax - (gain * dmax));
                }
            }

            samples.Add(values);
            channels.Add(new(label, label.StartsWith("POL", StringComparison.Ordinal) ? ChannelKind.Other : ChannelKind.Eeg, Unit.Parse(Field(96, 8, i)), per[i] / seconds, values.Length));
        }

        return new(channels, new MemorySamples(samples));
    }
}
