using System.Globalization;

namespace SignalLab.Tests.Formats.Mff;

/// <summary>Small MFF folders made for tests.</summary>
internal sealed class MffSample
{
    private readonly string folder;

    public MffSample(string folder, string recordTime = "2020-01-02T03:04:05.250000-05:00")
    {
        this.folder = Directory.CreateDirectory(folder).FullName;
        Xml("info.xml", $"<fileInfo xmlns='http://www.egi.com/info_mff'><mffVersion>3</mffVersion><recordTime>{recordTime}</recordTime></fileInfo>");
    }

    public string Path => folder;

    public MffSample Xml(string name, string content)
    {
        File.WriteAllText(System.IO.Path.Combine(folder, name), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + content);
        return this;
    }

    /// <summary>A signal's file; each block is channels × samples. Where the head repeats, a block has only a word.</summary>
    public MffSample Signal(int number, string kind, int rate, float[][][] blocks, string more = "", bool isShort = false)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        for (var b = 0; b < blocks.Length; b++)
        {
            var (channels, samples) = (blocks[b].Length, blocks[b][0].Length);
            if (isShort && b > 0 && samples == blocks[b - 1][0].Length)
            {
                writer.Write(0);
            }
            else
            {
                writer.Write(1);
                writer.Write(20 + (8 * channels));
                writer.Write(4 * channels * samples);
                writer.Write(channels);
                for (var c = 0; c < channels; c++)
                {
                    writer.Write(4 * samples * c);
                }

                for (var c = 0; c < channels; c++)
                {
                    writer.Write((rate << 8) | 32);
                }

                writer.Write(0);
            }

            foreach (var value in blocks[b].SelectMany(c => c))
            {
                writer.Write(value);
            }
        }

        File.WriteAllBytes(System.IO.Path.Combine(folder, $"signal{number}.bin"), stream.ToArray());
        return Xml($"info{number}.xml", $"<dataInfo xmlns='http://www.egi.com/info_n_mff'><generalInformation><fileDataType><{kind}/></fileDataType></generalInformation>{more}</dataInfo>");
    }

    public MffSample Epochs(params (long Begin, long End, int First, int Last)[] epochs) => Xml("epochs.xml", "<epochs xmlns='http://www.egi.com/epochs_mff'>" + string.Concat(epochs.Select(e =>
        Text($"<epoch><beginTime>{e.Begin}</beginTime><endTime>{e.End}</endTime><firstBlock>{e.First}</firstBlock><lastBlock>{e.Last}</lastBlock></epoch>"))) + "</epochs>");

    public MffSample Events(string track, params (string Time, string Code, long Duration)[] events) => Xml($"Events_{track}.xml", "<eventTrack xmlns='http://www.egi.com/event_mff'><name>t</name>" + string.Concat(
        events.Select(e => Text($"<event><beginTime>{e.Time}</beginTime><duration>{e.Duration}</duration><code>{e.Code}</code><label>l</label></event>"))) + "</eventTrack>");

    /// <summary>A layout of electrodes, the last the reference, on a circle of 9 cm, with fiducials.</summary>
    public MffSample Net(int count, string reference = "VREF")
    {
        string Sensor(string name, int number, int kind, double x, double y, double z) =>
            Text($"<sensor><name>{name}</name><number>{number}</number><type>{kind}</type><x>{x:R}</x><y>{y:R}</y><z>{z:R}</z></sensor>");
        var sensors = Enumerable.Range(1, count).Select(n => Sensor(n == count ? reference : "", n, n == count ? 1 : 0, 9 * Math.Cos(n), 9 * Math.Sin(n), n == count ? 9 : 1));
        string[] points = [Sensor("Nasion", count + 1, 2, 0, 10, -4), Sensor("Left periauricular point", count + 2, 2, -7, 0, -4), Sensor("Right periauricular point", count + 3, 2, 7, 0, -4)];
        var all = string.Concat(sensors.Concat(points));
        return Xml("sensorLayout.xml", $"<sensorLayout xmlns='http://www.egi.com/sensorLayout_mff'><name>net</name><sensors>{all}</sensors></sensorLayout>")
            .Xml("coordinates.xml", $"<coordinates xmlns='http://www.egi.com/coordinates_mff'><sensorLayout><name>net</name><sensors>{all}</sensors></sensorLayout></coordinates>");
    }

    public static float[][] Noise(int channels, int samples, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, channels).Select(_ => Enumerable.Range(0, samples).Select(_ => (float)(100 * (random.NextDouble() - 0.5))).ToArray())];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
