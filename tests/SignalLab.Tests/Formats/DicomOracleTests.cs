using System.Security.Cryptography;
using System.Text.Json;
using SignalLab.Formats;
using SignalLab.Formats.Dicom;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

/// <summary>Real DICOM files against what pydicom reads from them.</summary>
public sealed class DicomOracleTests
{
    private static readonly string[] Oracles = ["ct", "mr", "us", "xray", "colour", "seg_pm", "nm", "pet", "photo", "endoscopy", "charset"];

    public static TheoryData<string, string> Images() => Entries(e => e.TryGetProperty("rows", out var rows) && rows.ValueKind == JsonValueKind.Number && !e.TryGetProperty("pixel_error", out _));

    public static TheoryData<string, string> WithoutImage() => Entries(e => e.TryGetProperty("rows", out var rows) && rows.ValueKind == JsonValueKind.Null);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Images))]
    public void Header_geometry_and_values_are_those_of_pydicom(string oracle, string name)
    {
        var expected = Expected(oracle, name);
        var path = SharedData.File("imaging/" + name);
        var study = KnownFormats.Open(path);
        var map = study.Maps[0];
        var grid = (GridSupport)map.Support;
        Assert.Equal(expected.GetProperty("modality").GetString() ?? "", map.Modality);
        if (!map.Remarks.Any(r => r.Contains("mosaic", StringComparison.Ordinal)) && map.Support.Count % (grid.SizeX * grid.SizeY) == 0 && !name.Contains("siemens", StringComparison.Ordinal))
        {
            Assert.Equal((expected.GetProperty("columns").GetInt32(), expected.GetProperty("rows").GetInt32()), (grid.SizeX, grid.SizeY));
            Assert.Equal(expected.GetProperty("frames").GetInt32(), study.Maps.Sum(m => ((GridSupport)m.Support).SizeZ * m.FrameCount / Colours(m)));
        }

        if (expected.TryGetProperty("PatientName", out var person) && person.GetString() is { Length: > 0 } who)
        {
            Assert.Equal(who, map.Subject.Name);
        }

        AssertPlace(expected, map);
        if (!IsDecoded(expected.GetProperty("transfer_syntax").GetString()!))
        {
            Assert.Contains("not decoded yet", Assert.Throws<UnfitInputException>(() => map.ReadFrame()).Message, StringComparison.Ordinal);
            return;
        }

        if (!expected.TryGetProperty("array_shape", out _))
        {
            Assert.Throws<MalformedFileException>(() => map.ReadFrame());
            return;
        }

        AssertStored(expected, path);
        if (expected.GetProperty("frames").GetInt32() == 1 && map.FrameCount == 1 && grid.SizeZ == 1 && expected.TryGetProperty("physical_samples", out var samples))
        {
            var values = map.ReadFrame();
            foreach (var sample in samples.EnumerateArray())
            {
                var (row, column) = (sample.GetProperty("index")[0].GetInt32(), sample.GetProperty("index")[1].GetInt32());
                Assert.Equal(sample.GetProperty("value").GetDouble(), values[grid.IndexOf(column, row, 0)], 1e-9 * Math.Max(1, Math.Abs(sample.GetProperty("value").GetDouble())));
            }
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(WithoutImage))]
    public void What_holds_no_image_says_what_it_is(string oracle, string name)
    {
        Assert.Equal(JsonValueKind.Null, Expected(oracle, name).GetProperty("rows").ValueKind);
        Assert.Contains("holds no image", Assert.Throws<UnfitInputException>(() => KnownFormats.Open(SharedData.File("imaging/" + name))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_file_is_refused_in_one_line()
    {
        var e = Assert.Throws<MalformedFileException>(() => KnownFormats.Open(SharedData.File("imaging/mr/MR_truncated.dcm")));
        Assert.Contains("(7FE0,0010)", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ct/CT_small.dcm", "CT number", "HU")]
    [InlineData("pet/ACRIN_FLT_1.dcm", "activity concentration", "Bq/mL")]
    [InlineData("seg_pm/rtdose.dcm", "radiation dose", "1")]
    [InlineData("xray/CR1_6154.dcm", "optical density", "mOD")]
    [InlineData("mr/MR_small.dcm", "intensity", "")]
    public void Quantity_and_unit_are_stated_or_unknown(string name, string quantity, string unit)
    {
        var map = KnownFormats.Open(SharedData.File("imaging/" + name)).Maps[0];
        Assert.Equal((quantity, unit), (map.Quantity.Name, map.Unit.Symbol));
    }

    [Fact]
    public void A_folder_is_stacked_by_place_like_the_series_of_the_reference()
    {
        var map = Assert.Single(KnownFormats.Open(SharedData.File("imaging/ct/series_23x38x3")).Maps);
        var grid = (GridSupport)map.Support;
        Assert.Equal((23, 38, 3), (grid.SizeX, grid.SizeY, grid.SizeZ));
        Assert.Equal([0.7, 0.7, 2.5], new[] { grid.SpacingMm.X, grid.SpacingMm.Y, grid.SpacingMm.Z }.Select(v => Math.Round(v, 6)));
        Assert.Equal(-177.75, grid.ToMillimetres[2, 3], 6);
        Assert.Equal(64, map.Provenance.InputSha256!.Length);

        var multi = (GridSupport)KnownFormats.Open(SharedData.File("imaging/ct/series_23x38x3_multiframe/mf.dcm")).Maps[0].Support;
        Assert.All(grid.ToMillimetres.ToArray().Zip(multi.ToMillimetres.ToArray()), p => Assert.Equal(p.First, p.Second, 4));
    }

    [Fact]
    public void Every_series_of_the_reference_has_its_places_in_order()
    {
        foreach (var series in SharedData.Oracle("imaging/oracles/series.json").EnumerateArray())
        {
            var expected = series.GetProperty("positions_along_normal_mm").EnumerateArray().Select(e => e.GetDouble()).ToArray();
            var files = series.GetProperty("ordered_files").EnumerateArray().Select(e => e.GetString()!).ToArray();
            var depths = files.Select(f =>
            {
                if (f.Contains("truncated", StringComparison.Ordinal))
                {
                    return expected[Array.IndexOf(files, f)];
                }

                var file = DicomFile.Open(SharedData.File("imaging/" + f));
                return PlaneGeometry.Of(file.Data, file.Data, file.Data)!.Depth;
            }).ToArray();
            Assert.All(expected.Zip(depths), p => Assert.Equal(p.First, p.Second, 1e-3));
        }
    }

    [Fact]
    public void Slices_that_are_not_parallel_are_never_stacked()
    {
        var study = KnownFormats.Open(SharedData.File("imaging/mr/study_98892003/MR700"));
        Assert.Equal(7, study.Maps.Count);
        Assert.All(study.Maps, m => Assert.Equal(1, ((GridSupport)m.Support).SizeZ));
    }

    [Fact]
    public void A_Siemens_mosaic_is_the_volume_it_was_made_of()
    {
        var map = KnownFormats.Open(SharedData.File("imaging/mr/siemens_dwi_1000.dcm.gz")).Maps[0];
        var grid = (GridSupport)map.Support;
        Assert.Equal((128, 128, 48), (grid.SizeX, grid.SizeY, grid.SizeZ));
        Assert.Equal(3, grid.SpacingMm.Z, 6);

        // The mosaic's stated corner, moved by half of what it is wider than a slice (nibabel, "Siemens mosaic").
        var expected = new Point3(805 - (1.796875 * (896 - 128) / 2), 825.019119 - (0.999986 * 1.796875 * 384), -75.097641 - (0.005236 * 1.796875 * 384));
        Assert.True((grid.ToMillimetres.Column(3) - expected).Norm < 1e-3);
    }

    private static bool IsDecoded(string syntax) => !syntax.StartsWith("1.2.840.10008.1.2.4.", StringComparison.Ordinal);

    private static int Colours(ParameterMap map) => map.Axes.FirstOrDefault(a => a.Kind == AxisKind.Colour)?.Length ?? 1;

    // DICOM PS3.3, C.7.6.2.1.1, with x and y turned: pixel (column i, row j) at position + i * spacing[1] * row + j * spacing[0] * column.
    private static void AssertPlace(JsonElement expected, ParameterMap map)
    {
        if (!expected.TryGetProperty("ImagePositionPatient", out var position) || expected.GetProperty("frames").GetInt32() != 1 || ((GridSupport)map.Support).SizeZ != 1)
        {
            return;
        }

        var (p, o, s) = (Numbers(position), Numbers(expected.GetProperty("ImageOrientationPatient")), Numbers(expected.GetProperty("PixelSpacing")));
        var affine = ((GridSupport)map.Support).ToMillimetres;
        double[] turn = [-1, -1, 1];
        for (var axis = 0; axis < 3; axis++)
        {
            Assert.Equal(turn[axis] * o[axis] * s[1], affine[axis, 0], 1e-4);
            Assert.Equal(turn[axis] * o[3 + axis] * s[0], affine[axis, 1], 1e-4);
            Assert.Equal(turn[axis] * p[axis], affine[axis, 3], 1e-4);
        }

        Assert.Equal("scanner:" + expected.GetProperty("FrameOfReferenceUID").GetString(), map.Support.Frame.Name);
    }

    private static void AssertStored(JsonElement expected, string path)
    {
        if (expected.GetProperty("stored_sha256_16").GetString() is not { } hash)
        {
            return;
        }

        var pixels = PixelData.Of(DicomFile.Open(path), keep: true);
        var layout = pixels.Layout;
        if (layout.IsPalette || layout.Photometric.StartsWith("YBR", StringComparison.Ordinal))
        {
            return;
        }

        var type = expected.GetProperty("stored_dtype").GetString()!;
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        var planes = Enumerable.Range(0, layout.Samples).Select(_ => new double[layout.PixelsPerFrame]).ToArray();
        for (var f = 0; f < layout.Frames; f++)
        {
            for (var c = 0; c < layout.Samples; c++)
            {
                pixels.Read(f, c, 0, planes[c]);
            }

            for (var i = 0; i < layout.PixelsPerFrame; i++)
            {
                foreach (var plane in planes)
                {
                    writer.Write(Encode(type, plane[i]));
                }
            }
        }

        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..16]);
    }

    private static byte[] Encode(string type, double v) => type switch
    {
        "uint8" => [(byte)v],
        "int16" => BitConverter.GetBytes((short)v),
        ">i2" => [(byte)((short)v >> 8), (byte)(short)v],
        "uint16" => BitConverter.GetBytes((ushort)v),
        "uint32" => BitConverter.GetBytes((uint)v),
        "float32" => BitConverter.GetBytes((float)v),
        "float64" => BitConverter.GetBytes(v),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "A type of the reference."),
    };

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];

    private static JsonElement Expected(string oracle, string name) => SharedData.Oracle($"imaging/oracles/{oracle}.json").GetProperty(name);

    private static TheoryData<string, string> Entries(Func<JsonElement, bool> which)
    {
        var data = new TheoryData<string, string>();
        foreach (var oracle in SharedData.Folder is null ? [] : Oracles)
        {
            foreach (var entry in SharedData.Oracle($"imaging/oracles/{oracle}.json").EnumerateObject().Where(e => e.Value.ValueKind == JsonValueKind.Object && e.Value.TryGetProperty("transfer_syntax", out _) && which(e.Value)))
            {
                data.Add(oracle, entry.Name);
            }
        }

        return data;
    }
}
