using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SignalLab.Model;

namespace SignalLab.Review.Serving;

/// <summary>Turns what goes wrong into a status and one line that the page shows.</summary>
internal static class Faults
{
    public static async Task Answer(HttpContext context, Func<Task> next)
    {
        try
        {
            await next().ConfigureAwait(false);
            if (context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false })
            {
                await Say(context, StatusCodes.Status404NotFound, $"There is nothing at {context.Request.Path}.").ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody listens any more: the next page was asked for meanwhile.
        }
        catch (Exception fault) when (!context.Response.HasStarted && StatusOf(fault) is { } status)
        {
            await Say(context, status, (fault.GetBaseException() is JsonException ? "The request's body is not what was expected." : fault.Message).ReplaceLineEndings(" ")).ConfigureAwait(false);
        }
    }

    /// <summary>Answers with one line.</summary>
    public static async Task Say(HttpContext context, int status, string line)
    {
        context.Response.ContentLength = null;
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(new { error = line }, context.RequestAborted).ConfigureAwait(false);
    }

    private static int? StatusOf(Exception fault) => fault switch
    {
        BadHttpRequestException { StatusCode: var status } => status,
        QueryException or JsonException => StatusCodes.Status400BadRequest,
        MalformedFileException or UnfitInputException or ArgumentException => StatusCodes.Status422UnprocessableEntity,
        FileNotFoundException or DirectoryNotFoundException => StatusCodes.Status404NotFound,
        UnauthorizedAccessException => StatusCodes.Status403Forbidden,
        IOException => StatusCodes.Status422UnprocessableEntity,
        AggregateException { InnerException: { } inner } => StatusOf(inner),
        _ => null,
    };
}
