using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SignalLab.Review.Serving;

/// <summary>
/// Lets in who has logged in, under this server's own name, from its own pages: a foreign Host gets 421, a foreign Origin 403, no session 401. Every answer forbids
/// scripts that are not ours, framing, sharing and storing.
/// </summary>
internal sealed class Gate
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Login? login;

    /// <summary>From now on this login counts; before, nobody comes in.</summary>
    public void Open(Login opened) => login = opened;

    public async Task Check(HttpContext context, Func<Task> next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";

        var (status, line) = Judge(context);
        if (status != StatusCodes.Status200OK)
        {
            await Faults.Say(context, status, line).ConfigureAwait(false);
            return;
        }

        if (context.Request.Path == "/login")
        {
            await Enter(context).ConfigureAwait(false);
            return;
        }

        await next().ConfigureAwait(false);
    }

    private (int Status, string Line) Judge(HttpContext context)
    {
        if (login is null)
        {
            return (StatusCodes.Status503ServiceUnavailable, "The server is starting.");
        }

        var request = context.Request;
        var port = login.Port.ToString(CultureInfo.InvariantCulture);
        if (request.Host.Value != "127.0.0.1:" + port && request.Host.Value != "localhost:" + port)
        {
            return (StatusCodes.Status421MisdirectedRequest, "This server answers to 127.0.0.1 and localhost only.");
        }

        if (request.Headers.Origin is { Count: > 0 } origin && origin != "http://" + request.Host.Value)
        {
            return (StatusCodes.Status403Forbidden, "Requests from other sites are refused.");
        }

        if (request.Path == "/login" || login.IsSession(request.Cookies[login.CookieName]))
        {
            return (StatusCodes.Status200OK, "");
        }

        return (StatusCodes.Status401Unauthorized, "Not logged in: open the address that signallab printed, or that its address file holds.");
    }

    private async Task Enter(HttpContext context)
    {
        if (login!.Exchange(context.Request.Query["token"].ToString()) is not { } session)
        {
            await Faults.Say(context, StatusCodes.Status401Unauthorized, "This address was used already or is another server's: take the present one from the address file.").ConfigureAwait(false);
            return;
        }

        context.Response.Cookies.Append(login.CookieName, session, new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
        context.Response.Redirect("/");
    }
}
