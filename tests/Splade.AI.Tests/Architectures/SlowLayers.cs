namespace Splade.AI.Tests.Architectures;

/// <summary>The arithmetic of encoders in plain loops over one text, a list of numbers for each token.</summary>
internal sealed class SlowLayers(RandomCheckpoint weights)
{
    public double[] Linear(string name, double[] x, bool hasBias = true)
    {
        float[] weight = weights[name + ".weight"];
        double[] y = new double[weight.Length / x.Length];
        for (int row = 0; row < y.Length; row++)
        {
            y[row] = hasBias ? weights[name + ".bias"][row] : 0;
            for (int column = 0; column < x.Length; column++)
            {
                y[row] += weight[(row * x.Length) + column] * x[column];
            }
        }

        return y;
    }

    public double[] Norm(string name, double[] x, double epsilon, bool hasBias = true)
    {
        double mean = x.Average();
        double deviation = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + epsilon);
        return [.. x.Select((v, i) => ((v - mean) / deviation * weights[name + ".weight"][i]) + (hasBias ? weights[name + ".bias"][i] : 0))];
    }

    public double[] Row(string name, int row, int width) => [.. weights[name + ".weight"].Skip(row * width).Take(width).Select(v => (double)v)];

    public static double[] Add(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a + b)];

    /// <summary>Attention over rows that hold query, key and value, one after the other.</summary>
    /// <param name="packed">Those rows.</param>
    /// <param name="heads">How many heads.</param>
    /// <param name="angles">The angle per token of each pair.</param>
    /// <param name="reach">How far a token looks.</param>
    public static double[][] Attend(double[][] packed, int heads, double[] angles, int reach)
    {
        int hidden = packed[0].Length / 3;
        int width = hidden / heads;
        double[][] result = [.. packed.Select(_ => new double[hidden])];
        for (int head = 0; head < heads; head++)
        {
            int first = head * width;
            for (int i = 0; i < packed.Length; i++)
            {
                double[] query = Turn(packed[i][first..(first + width)], i, angles);
                double[] scores = new double[packed.Length];
                for (int j = 0; j < packed.Length; j++)
                {
                    double[] key = Turn(packed[j][(hidden + first)..(hidden + first + width)], j, angles);
                    double score = query.Zip(key, (a, b) => a * b).Sum() / Math.Sqrt(width);
                    scores[j] = Math.Abs(i - j) <= reach ? Math.Exp(score) : 0;
                }

                for (int j = 0; j < packed.Length; j++)
                {
                    for (int n = 0; n < width; n++)
                    {
                        result[i][first + n] += scores[j] / scores.Sum() * packed[j][(2 * hidden) + first + n];
                    }
                }
            }
        }

        return result;
    }

    /// <summary>The exact form, the error function by its integral.</summary>
    public static double Gelu(double x)
    {
        const int Steps = 2000;
        double to = x / Math.Sqrt(2);
        double sum = 0;
        for (int i = 0; i < Steps; i++)
        {
            double middle = to * (i + 0.5) / Steps;
            sum += Math.Exp(-middle * middle);
        }

        return x / 2 * (1 + (2 / Math.Sqrt(Math.PI) * sum * to / Steps));
    }

    private static double[] Turn(double[] x, int position, double[] angles)
    {
        double[] turned = new double[x.Length];
        for (int j = 0; j < angles.Length; j++)
        {
            (double sine, double cosine) = Math.SinCos(position * angles[j]);
            int other = j + angles.Length;
            turned[j] = (x[j] * cosine) - (x[other] * sine);
            turned[other] = (x[other] * cosine) + (x[j] * sine);
        }

        return turned;
    }
}
