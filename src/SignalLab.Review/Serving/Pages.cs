using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SignalLab.Review.Serving;

/// <summary>The page, its scripts and styles, out of the program itself.</summary>
internal static class Pages
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".json"] = "application/json",
        [".woff2"] = "font/woff2",
    };

    public static void Map(WebApplication app)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("wwwroot/", StringComparison.Ordinal)))
        {
            var path = name["wwwroot".Length..];
            app.MapGet(path == "/index.html" ? "/" : path, (RequestDelegate)(context => Send(context, assembly, name)));
        }
    }

    private static async Task Send(HttpContext context, Assembly assembly, string name)
    {
        context.Response.ContentType = Types[Path.GetExtension(name)];
        await using var content = assembly.GetManifestResourceStream(name)!;
        context.Response.ContentLength = content.Length;
        await content.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }
}
