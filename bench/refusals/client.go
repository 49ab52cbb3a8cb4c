// Go's net/http. Usage: go run client.go URL BODIES LIMIT
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
)

func main() {
	bodies, _ := strconv.Atoi(os.Args[2])
	limit, _ := strconv.ParseFloat(os.Args[3], 64)
	for i := 0; i < bodies; i++ {
		body := bytes.Repeat([]byte(" "), int(limit*(1.1+2.9*float64(i)/float64(bodies))))
		var reader io.Reader = bytes.NewReader(body)
		if i%2 == 0 {
			reader = io.MultiReader(reader) // of unknown length
		}
		response, err := http.Post(os.Args[1], "application/json", reader)
		if err != nil {
			fmt.Println(err)
			continue
		}
		var problem struct{ Type string }
		err = json.NewDecoder(response.Body).Decode(&problem)
		response.Body.Close()
		fmt.Println(response.StatusCode, problem.Type, err)
	}
}
