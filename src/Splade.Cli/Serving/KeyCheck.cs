using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Splade.Cli.Serving;

/// <summary>Lets requests in that know the key. How much of a wrong one is right cannot be told from the time it takes.</summary>
internal sealed class KeyCheck(string key)
{
    private const string Scheme = "Bearer ";

    private readonly byte[] _hash = Hash(key);

    /// <summary>Answers a request that does not know the key with 401 and no body.</summary>
    /// <returns>Whether the request may go on.</returns>
    public bool Admit(HttpContext context)
    {
        string? given = context.Request.Headers.Authorization;
        bool isRight = given is not null && given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Hash(given[Scheme.Length..].Trim()), _hash);
        if (!isRight)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return isRight;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
