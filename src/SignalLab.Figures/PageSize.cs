using SkiaSharp;

namespace SignalLab.Figures;

/// <summary>Sizes of paper in millimetres.</summary>
public static class PageSize
{
    /// <summary>ISO A4, upright.</summary>
    public static readonly SKSize A4 = new(210, 297);

    /// <summary>ISO A4, lying.</summary>
    public static readonly SKSize A4Landscape = new(297, 210);

    /// <summary>US Letter, upright.</summary>
    public static readonly SKSize Letter = new(215.9f, 279.4f);

    /// <summary>US Letter, lying.</summary>
    public static readonly SKSize LetterLandscape = new(279.4f, 215.9f);
}
