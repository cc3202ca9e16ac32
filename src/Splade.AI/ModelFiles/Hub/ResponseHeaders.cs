namespace Splade.AI.ModelFiles.Hub;

/// <summary>Reads headers that .NET has no property for.</summary>
internal static class ResponseHeaders
{
    /// <summary>The value of a header, or null.</summary>
    public static string? Find(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
}
