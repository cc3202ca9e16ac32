namespace Splade.AI.Remote;

/// <summary>Provides what the encoders of all kinds of servers are told: where the server is, and how it is asked.</summary>
public abstract class RemoteEncoderOptions
{
    private protected RemoteEncoderOptions()
    {
    }

    private protected RemoteEncoderOptions(RemoteEncoderOptions other)
    {
        Endpoint = other.Endpoint;
        ApiKey = other.ApiKey;
        MaxBatchSize = other.MaxBatchSize;
        MaxRequestBytes = other.MaxRequestBytes;
        MaxConcurrentRequests = other.MaxConcurrentRequests;
        OverloadRetries = other.OverloadRetries;
        RequestTimeout = other.RequestTimeout;
        Clock = other.Clock;
    }

    /// <summary>Gets or sets the root of the server, such as <c>http://localhost:8080</c>, with the prefix of its paths if it has one.</summary>
    /// <value>The default is <see langword="null"/>, with which no encoder can be made.</value>
    /// <exception cref="ArgumentException">The value is not absolute, or neither of <c>http</c> nor of <c>https</c>.</exception>
    public Uri? Endpoint
    {
        get;
        set => field = value is null || (value.IsAbsoluteUri && value.Scheme is "http" or "https") ? value : throw new ArgumentException(
            $"Found the address '{value}', expected one that begins with http:// or https://, such as http://localhost:8080.", nameof(Endpoint));
    }

    /// <summary>Gets or sets the key that is sent as <c>Authorization: Bearer</c>. It is in no message and no log.</summary>
    /// <value>The default is <see langword="null"/>: none is sent.</value>
    public string? ApiKey { get; set; }

    /// <summary>Gets or sets the most texts of one request.</summary>
    /// <value>The default is <see langword="null"/>: as many as the server says, else 32.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? MaxBatchSize
    {
        get;
        set => field = AtLeastOne(value ?? 1, nameof(MaxBatchSize)) > 0 ? value : null;
    }

    /// <summary>Gets or sets the most bytes of the body of one request.</summary>
    /// <value>The default is 2,000,000, what Text Embeddings Inference takes unless it is told otherwise.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxRequestBytes
    {
        get;
        set => field = AtLeastOne(value, nameof(MaxRequestBytes));
    } = 2_000_000;

    /// <summary>Gets or sets how many requests of all calls together are under way at a time.</summary>
    /// <value>The default is 4. A server that answers 429 wants fewer.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxConcurrentRequests
    {
        get;
        set => field = AtLeastOne(value, nameof(MaxConcurrentRequests));
    } = 4;

    /// <summary>
    /// Gets or sets how often a request that the server is too busy for (status 429) is repeated, in halves if it has several texts, after waits that
    /// double from a tenth of a second to five seconds, or are what the server asks for.
    /// </summary>
    /// <value>The default is 8: about 15 seconds. With 0 the first such answer is an error.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0.</exception>
    public int OverloadRetries
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(OverloadRetries));
            field = value;
        }
    } = 8;

    /// <summary>Gets or sets how long the answer to one request may take. An <see cref="HttpClient"/> of one's own has its own limit beside it.</summary>
    /// <value>The default is 100 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 10 milliseconds or above an hour.</exception>
    public TimeSpan RequestTimeout
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(10), nameof(RequestTimeout));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromHours(1), nameof(RequestTimeout));
            field = value;
        }
    } = TimeSpan.FromSeconds(100);

    /// <summary>What waits are measured with; tests have another.</summary>
    internal TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>A copy, independent of this instance.</summary>
    internal abstract RemoteEncoderOptions Copy();

    /// <exception cref="ArgumentException">There is no address.</exception>
    internal Uri RequireEndpoint() => Endpoint ?? throw new ArgumentException(
        $"The options have no {nameof(Endpoint)}. Set it to the root of the server, such as http://localhost:8080.", nameof(Endpoint));

    private static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }
}
