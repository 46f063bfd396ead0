using PureHDF;

namespace SignalLab.Tests.Formats.Snirf;

/// <summary>Builds SNIRF files.</summary>
internal static class SnirfSample
{
    /// <summary>A run of three light channels with stimuli and one auxiliary signal.</summary>
    public static H5Group Run(double[] time, double[] values, string lengthUnit = "mm", string timeUnit = "s", bool isArrays = false)
    {
        var columns = 3;
        var rows = values.Length / columns;
        var data = new H5Group { ["dataTimeSeries"] = new H5Dataset(values, fileDims: [(ulong)rows, (ulong)columns]), ["time"] = time };
        (int Source, int Detector, int Wavelength)[] list = [(1, 1, 1), (1, 1, 2), (1, 2, 1)];
        if (isArrays)
        {
            data["measurementLists"] = new H5Group
            {
                ["sourceIndex"] = list.Select(l => l.Source).ToArray(),
                ["detectorIndex"] = list.Select(l => l.Detector).ToArray(),
                ["wavelengthIndex"] = list.Select(l => l.Wavelength).ToArray(),
                ["dataType"] = new[] { 1, 1, 1 },
            };
        }

        for (var c = 0; c < columns && !isArrays; c++)
        {
            data[$"measurementList{c + 1}"] = new H5Group { ["sourceIndex"] = list[c].Source, ["detectorIndex"] = list[c].Detector, ["wavelengthIndex"] = list[c].Wavelength, ["dataType"] = 1, ["dataUnit"] = "V" };
        }

        return new H5Group
        {
            ["metaDataTags"] = new H5Group { ["SubjectID"] = "S03", ["MeasurementDate"] = "2024-05-06", ["MeasurementTime"] = "07:08:09.5Z", ["LengthUnit"] = lengthUnit, ["TimeUnit"] = timeUnit, ["FrequencyUnit"] = "Hz" },
            ["data1"] = data,
            ["probe"] = new H5Group
            {
                ["wavelengths"] = new[] { 760.0, 850.0 },
                ["sourcePos3D"] = new H5Dataset(new[] { 0.0, 90, 10 }, fileDims: [1, 3]),
                ["detectorPos3D"] = new H5Dataset(new[] { 0.0, 90, 40, 30, 90, 10 }, fileDims: [2, 3]),
            },
            ["stim1"] = new H5Group { ["name"] = "tap", ["data"] = new H5Dataset(new[] { 1.0, 5, 1, 0.5, 0, 1 }, fileDims: [2, 3]) },
            ["aux1"] = new H5Group { ["name"] = "heart", ["dataUnit"] = "mV", ["dataTimeSeries"] = Enumerable.Range(0, 2 * rows).Select(i => (double)i).ToArray(), ["time"] = Enumerable.Range(0, 2 * rows).Select(i => i / 20.0).ToArray() },
        };
    }

    public static string Write(string path, H5Group run, string name = "nirs")
    {
        new H5File { ["formatVersion"] = "1.1", [name] = run }.Write(path);
        return path;
    }

    public static double[] Noise(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
    }

    public static double[] Times(int count, double rate, double start = 0) => [.. Enumerable.Range(0, count).Select(i => start + (i / rate))];
}
