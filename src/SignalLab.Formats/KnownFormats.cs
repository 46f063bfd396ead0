using SignalLab.Model;

namespace SignalLab.Formats;

/// <summary>Every format that can be opened; a file is known by its content, never by its ending.</summary>
public static class KnownFormats
{
    /// <summary>The formats, the most telling first.</summary>
    public static IReadOnlyList<IFormat> All { get; } =
    [
        new Nifti.NiftiFormat(),
        new Fiff.FiffFormat(),
        new Edf.EdfFormat(),
        new Edf.BdfFormat(),
        new Gdf.GdfFormat(),
        new Cnt.CntFormat(),
        new Nicolet.NicoletFormat(),
        new Curry.CurryFormat(),
        new Dicom.DicomFormat(),
        new Scp.ScpFormat(),
        new Ishne.IshneFormat(),
        new Aecg.AecgFormat(),
        new Muse.MuseFormat(),
        new Philips.SierraFormat(),
        new Mat.NeighbourFormat(),
        new Eeglab.EeglabFormat(),
        new Ctf.CtfFormat(),
        new Kit.KitFormat(),
        new Besa.BesaFormat(),
        new Lvm.LvmFormat(),
        new Xdf.XdfFormat(),
        new Eeprobe.EeprobeFormat(),
        new Snirf.SnirfFormat(),
        new NihonKohden.NihonKohdenFormat(),
        new Persyst.PersystFormat(),
        new BrainVision.BrainVisionFormat(),
        new Mff.MffFormat(),
        new EgiBinary.EgiBinaryFormat(),
        new Artemis123.Artemis123Format(),
        new Coils.CoilDefinitionFormat(),
        new Triggers.EventTableFormat(),
        new Transforms.TransformTextFormat(),
        new Xfit.DipoleTextFormat(),
        new FreeSurfer.FreeSurferSurface(),
        new MaxFilter.FineCalibrationFormat(),
        new MaxFilter.HeadPositionFormat(),
        new Kit.SensorDefinitionFormat(),
        .. Electrodes.ElectrodeFormats.All,
        new Bti.BtiFormat(),
        new Wfdb.WfdbFormat(),
        new Nirx.NirxFormat(),
        new Xfit.DipoleBinaryFormat(),
        new SourceCourses.StcFormat(),
        new OpenBci.OpenBciFormat(),
        new MuseMonitor.MuseMonitorFormat(),
        new Hypnograms.HypnogramFormat(),
        new Delimited.DelimitedFormat(),
    ];

    /// <summary>Opens a file of any known format. What the files of a BIDS dataset say of it is laid over it.</summary>
    /// <param name="path">File or folder; of a folder of a BIDS dataset its one recording.</param>
    /// <returns>What it holds, samples still unread.</returns>
    /// <exception cref="MalformedFileException">It is empty, damaged or of no known format, or a file that describes it is.</exception>
    /// <exception cref="UnfitInputException">It is a folder of a BIDS dataset with several recordings, or with none.</exception>
    /// <exception cref="IOException">It is not there or may not be read.</exception>
    public static Study Open(string path)
    {
        return Directory.Exists(path) && Bids.BidsDataset.Recordings(path) is { } recordings
            ? Bids.BidsDataset.OpenOnly(path, recordings)
            : Bids.BidsTree.Described(path, OpenAlone(path));
    }

    /// <summary>Opens a file of any known format as it stands, whatever a dataset around it says of it.</summary>
    /// <param name="path">File or folder.</param>
    /// <returns>What it holds, samples still unread.</returns>
    /// <exception cref="MalformedFileException">It is empty, damaged or of no known format.</exception>
    /// <exception cref="IOException">It is not there or may not be read.</exception>
    public static Study OpenAlone(string path)
    {
        var head = FileHead.Of(path);
        if (!head.IsDirectory && head.Length == 0)
        {
            throw new MalformedFileException(path, 0, "content", "an empty file", "a recording, image or electrode file");
        }

        var format = All.FirstOrDefault(f => f.Recognises(head))
            ?? throw new MalformedFileException(
                path, head.IsDirectory ? null : 0, "content", head.IsDirectory ? "a folder" : Describe(head), "one of " + string.Join(", ", All.Select(f => f.Name)));
        return format.Open(path);
    }

    private static string Describe(FileHead head)
    {
        var bytes = head.Bytes[..Math.Min(12, head.Bytes.Length)];
        return $"bytes {Convert.ToHexStringLower(bytes)}…, the beginning of no known format";
    }
}
