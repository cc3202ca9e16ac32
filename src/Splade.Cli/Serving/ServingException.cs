using System.Globalization;
using Microsoft.AspNetCore.Http;
using Splade.AI;
using Splade.Cli.Terminal;

namespace Splade.Cli.Serving;

/// <summary>A request is refused: with which status, under which name, and why. Names and statuses are those of Text Embeddings Inference.</summary>
internal sealed class ServingException(int status, string type, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public int Status => status;

    public string Type => type;

    /// <summary>The member of the request that is at fault; null if it is not one.</summary>
    public string? Member { get; init; }

    public static ServingException Invalid(string message, string? member = null) =>
        new(StatusCodes.Status422UnprocessableEntity, "Validation", message) { Member = member };

    public static ServingException Empty(string member) =>
        new(StatusCodes.Status400BadRequest, "Empty", $"`{member}` cannot be empty") { Member = member };

    public static ServingException Overloaded() => new(StatusCodes.Status429TooManyRequests, "Overloaded", "Model is overloaded");

    /// <summary>There is no model behind the path.</summary>
    public static ServingException NoModel(string path, string remedy) =>
        new(StatusCodes.Status424FailedDependency, "Backend", $"This server has no model for {path}. {remedy}");

    /// <summary>What became of a request, from what it failed with; null for an error of the server.</summary>
    public static ServingException? From(Exception error) => error switch
    {
        ServingException own => own,
        TextTooLongException e => new ServingException(
            StatusCodes.Status422UnprocessableEntity,
            "Validation",
            string.Create(CultureInfo.InvariantCulture, $"`inputs` must have less than {e.MaxTokens} tokens. Given: {e.TokenCount} (the text at position {e.Position})"),
            e),
        BadHttpRequestException e => new ServingException(e.StatusCode, "Validation", e.Message, e),
        ArgumentException e => new ServingException(StatusCodes.Status422UnprocessableEntity, "Validation", ErrorText.Of(e), e),
        SpladeModelException e => new ServingException(StatusCodes.Status424FailedDependency, "Backend", e.Message, e),
        _ => null,
    };
}
