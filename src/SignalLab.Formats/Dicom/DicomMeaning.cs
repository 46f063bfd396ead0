using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>What the values are.</summary>
/// <remarks>Source: DICOM PS3.3, C.11.1.1.2 (rescale types), C.8.9.1 (PET units), C.8.8.3 (dose), C.8.20.2 (segmentations).</remarks>
internal sealed record DicomMeaning(Quantity Quantity, Unit Unit, MapKind Kind)
{
    private static readonly Dictionary<string, (string Quantity, string Unit)> RescaleTypes = new(StringComparer.Ordinal)
    {
        ["HU"] = ("CT number", "HU"),
        ["HU_MOD"] = ("modified CT number", "HU"),
        ["OD"] = ("optical density", "mOD"),
        ["MGML"] = ("mass density", "mg/mL"),
        ["PCT"] = ("fraction", "%"),
        ["Z_EFF"] = ("effective atomic number", "1"),
        ["ED"] = ("electron density", "10*23/mL"),
        ["EDW"] = ("electron density relative to water", "1"),
    };

    private static readonly Dictionary<string, (string Quantity, string Unit)> PetUnits = new(StringComparer.Ordinal)
    {
        ["BQML"] = ("activity concentration", "Bq/mL"),
        ["CNTS"] = ("counts", "counts"),
        ["PROPCNTS"] = ("proportional to counts", ""),
        ["PROPCPS"] = ("proportional to count rate", ""),
        ["CPS"] = ("count rate", "counts/s"),
        ["NONE"] = ("intensity", "1"),
        ["PCNT"] = ("fraction", "%"),
        ["MLMING"] = ("flow", "mL/min/g"),
        ["MLMINML"] = ("flow", "mL/min/mL"),
        ["MLML"] = ("volume fraction", "mL/mL"),
        ["MGMINML"] = ("metabolic rate", "mg/min/mL"),
        ["UMOLMINML"] = ("metabolic rate", "umol/min/mL"),
        ["UMOLML"] = ("concentration", "umol/mL"),
        ["1CM"] = ("attenuation", "/cm"),
        ["STDDEV"] = ("standard deviations", "1"),
        ["SUV"] = ("standardised uptake value", ""),
    };

    public static DicomMeaning Of(DicomDataset data, FunctionalGroups groups, PixelLayout layout, List<string> remarks)
    {
        if (layout.Colours > 1)
        {
            return new(new("colour"), Unit.One, MapKind.Measured);
        }

        var modality = data.Text(DicomTag.Modality) ?? "";
        if (data.Has(DicomTag.SegmentationType))
        {
            return Segmentation(data, remarks);
        }

        if (data.Has(DicomTag.DoseGridScaling))
        {
            return new(new("radiation dose"), data.Text(DicomTag.DoseUnits) == "GY" ? Unit.Parse("Gy") : Unit.One, MapKind.Derived);
        }

        if (modality == "PT" || data.Has(DicomTag.PetUnits))
        {
            return Pet(data);
        }

        if (groups.Macro(0, DicomTag.RealWorldValueMapping) is { } mapping && layout.IsFloat)
        {
            return RealWorld(mapping);
        }

        // A table may state its type; without one a CT's rescaled numbers are Hounsfield units, those of its scout or of a screen shot are not.
        var isHounsfield = modality == "CT" && data.Has(DicomTag.RescaleSlope) && !data.Texts(DicomTag.ImageType).Contains("LOCALIZER");
        var type = data.FirstItem(DicomTag.ModalityLut)?.Text(DicomTag.ModalityLutType)
            ?? groups.Macro(0, DicomTag.PixelValueTransformation)?.Text(DicomTag.RescaleType)
            ?? data.Text(DicomTag.RescaleType)
            ?? (isHounsfield ? "HU" : "");
        return RescaleTypes.TryGetValue(type, out var known)
            ? new(new(known.Quantity), Unit.Parse(known.Unit), MapKind.Measured)
            : new(modality == "NM" ? new("counts") : Quantity.Intensity, modality == "NM" ? Unit.Parse("counts") : Unit.Unknown, MapKind.Measured);
    }

    private static DicomMeaning Pet(DicomDataset data)
    {
        var units = data.Text(DicomTag.PetUnits) ?? "";
        if (units is "GML" or "CM2ML")
        {
            // Without a type, g/ml is by body weight (C.8.9.1.1.3).
            var type = data.Text(DicomTag.SuvType) ?? "BW";
            return new(new("standardised uptake value"), Unit.Parse(type switch { "BW" => "SUVbw", "LBM" => "SUVlbm", _ => "SUV " + type }), MapKind.Derived);
        }

        return PetUnits.TryGetValue(units, out var known)
            ? new(new(known.Quantity), Unit.Parse(known.Unit), MapKind.Measured)
            : new(Quantity.Intensity, Unit.Parse(units), MapKind.Measured);
    }

    private static DicomMeaning Segmentation(DicomDataset data, List<string> remarks)
    {
        if (data.Text(DicomTag.SegmentationType) != "FRACTIONAL")
        {
            return new(new("segment"), Unit.One, MapKind.Label);
        }

        remarks.Add(FormattableString.Invariant($"The segment's values are parts of {data.Integer(DicomTag.LargestFraction) ?? 255}, as stored."));
        return new(new("segment fraction"), Unit.Unknown, MapKind.Derived);
    }

    private static DicomMeaning RealWorld(DicomDataset mapping)
    {
        var unit = mapping.FirstItem(DicomTag.MeasurementUnits)?.Text(DicomTag.CodeValue);
        var name = mapping.Items(DicomTag.QuantityDefinition).Select(q => q.FirstItem(DicomTag.ConceptCode)?.Text(DicomTag.CodeMeaning)).FirstOrDefault(m => m is not null);
        return new(name is null ? Quantity.Intensity : new(name), unit is null or "no units" ? Unit.Unknown : Unit.Parse(unit), MapKind.Derived);
    }
}
