using PureHDF;

namespace SignalLab.Tests.Formats;

/// <summary>Small EEGLAB datasets made for tests.</summary>
internal static class EeglabSample
{
    public static readonly string[] EventFields = ["type", "latency", "duration"];

    /// <summary>A dataset in a structure EEG; parts are made by the test where they matter to it.</summary>
    public static byte[] Nested(MatBytes mat, int channels, int points, int trials, byte[] data, byte[]? events = null, byte[]? locations = null, byte[]? info = null) => mat.Struct(
        "EEG", [1, 1], ["setname", "subject", "nbchan", "pnts", "trials", "srate", "data", "event", "chanlocs", "chaninfo", "ref"],
        mat.Text("", "made"), mat.Text("", "S01"), mat.Doubles("", [1, 1], channels), mat.Doubles("", [1, 1], points), mat.Doubles("", [1, 1], trials), mat.Doubles("", [1, 1], 200),
        data, events ?? mat.Doubles("", [0, 0]), locations ?? mat.Doubles("", [0, 0]), info ?? mat.Doubles("", [0, 0]), mat.Text("", "common"));

    public static byte[] Events(MatBytes mat, params (string Type, double Latency, double Duration)[] events) => mat.Struct(
        "", [1, events.Length], EventFields, [.. events.SelectMany(e => new[] { mat.Text("", e.Type), mat.Doubles("", [1, 1], e.Latency), mat.Doubles("", [1, 1], e.Duration) })]);

    public static byte[] Locations(MatBytes mat, params (string Label, string Type, double X, double Y, double Z)[] places) => mat.Struct(
        "", [1, places.Length], ["labels", "type", "X", "Y", "Z"],
        [.. places.SelectMany(p => new[] { mat.Text("", p.Label), mat.Text("", p.Type), mat.Doubles("", [1, 1], p.X), mat.Doubles("", [1, 1], p.Y), mat.Doubles("", [1, 1], p.Z) })]);

    /// <summary>Noise as a dataset stores it: all channels of a point together.</summary>
    public static float[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() - 0.5) * 100))];
    }

    public static byte[] Fdt(float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    /// <summary>A dataset of version 7.3 with an array of events stored as references.</summary>
    public static void WriteHdf5(string path, int channels, float[] data, (string Type, double Latency)[] events)
    {
        var types = events.Select(e => Text(e.Type)).ToArray();
        var latencies = events.Select(e => Number(e.Latency)).ToArray();
        var file = new H5File
        {
            ["#refs#"] = new H5Group(),
            ["EEG"] = new H5Group
            {
                ["nbchan"] = Number(channels),
                ["pnts"] = Number(data.Length / channels),
                ["trials"] = Number(1),
                ["srate"] = Number(250),
                ["data"] = Classed(new H5Dataset(data, fileDims: [(ulong)(data.Length / channels), (ulong)channels]), "single"),
                ["subject"] = Text("S02"),
                ["event"] = new H5Group
                {
                    ["type"] = new H5Dataset(types.Select(t => new H5ObjectReference(t)).ToArray(), fileDims: [(ulong)types.Length, 1]),
                    ["latency"] = new H5Dataset(latencies.Select(t => new H5ObjectReference(t)).ToArray(), fileDims: [(ulong)types.Length, 1]),
                },
            },
        };
        var store = (H5Group)file["#refs#"];
        for (var i = 0; i < events.Length; i++)
        {
            store[$"t{i}"] = types[i];
            store[$"l{i}"] = latencies[i];
        }

        file.Write(path, new H5WriteOptions(UserBlockSize: 512));
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write);
        stream.Write("MATLAB 7.3 MAT-file, made for a test"u8);
    }

    private static H5Dataset Number(double value) => Classed(new H5Dataset(new[] { value }, fileDims: [1, 1]), "double");

    private static H5Dataset Text(string text) => Classed(new H5Dataset(text.Select(c => (ushort)c).ToArray(), fileDims: [(ulong)text.Length, 1]), "char");

    private static H5Dataset Classed(H5Dataset data, string kind)
    {
        data.Attributes["MATLAB_class"] = new H5Attribute(kind);
        return data;
    }
}
